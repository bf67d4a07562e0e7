// SPDX-License-Identifier: Apache-2.0

//! Registration and removal of assets.

use super::mock::*;
use crate::{Assets, Error, Event, PriceHistories, WeightInfo};
use caliber_math::WAD;
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey},
	traits::PriceSource,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	pallet_oracle::RawValues,
	sp_runtime::traits::BadOrigin,
};

/// Returns the admin origin.
fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

#[test]
fn register_asset_should_open_its_price_when_the_id_is_free() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Appraisal::register_asset(root(), 8, symbol("USDT")));
		assert_eq!(Assets::<Test>::get(8), Some(symbol("USDT")));
		let registered = Event::AssetRegistered { id: 8, symbol: symbol("USDT") };
		assert_eq!(last_event(), registered.into());
		agree(OracleKey::Price(8), WAD);
		assert_eq!(Appraisal::price(8), Ok((WAD, START)));
	});
}

#[test]
fn register_asset_should_refuse_when_the_id_is_taken() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Appraisal::register_asset(root(), ASSET, symbol("PYUSD")),
			Error::<Test>::AssetAlreadyRegistered
		);
	});
}

#[test]
fn register_asset_should_refuse_when_the_symbol_is_invalid() {
	ExtBuilder::default().build_and_execute(|| {
		for text in ["", "US D", "USDé", "USD\n"] {
			assert_noop!(
				Appraisal::register_asset(root(), 8, symbol(text)),
				Error::<Test>::InvalidSymbol
			);
		}
	});
}

#[test]
fn remove_asset_should_clear_its_feed_when_it_is_registered() {
	ExtBuilder::default().build_and_execute(|| {
		agree(PRICE, WAD);
		let post = Appraisal::remove_asset(root(), ASSET).unwrap();
		let weight = <() as WeightInfo>::remove_asset(OPERATORS.len() as u32);
		assert_eq!(post.actual_weight, Some(weight));
		assert_eq!(last_event(), Event::AssetRemoved { id: ASSET }.into());
		assert_eq!(accepted(PRICE), None);
		assert!(!PriceHistories::<Test>::contains_key(PRICE));
		assert_eq!(RawValues::<Test>::iter().count(), 0);
		assert_eq!(Appraisal::price(ASSET), Err(AppraisalError::UnknownKey));
		assert_eq!(<Appraisal as PriceSource>::last_known(ASSET), None);
	});
}

#[test]
fn remove_asset_should_leave_no_price_when_the_id_is_registered_again() {
	ExtBuilder::default().build_and_execute(|| {
		agree(PRICE, WAD);
		assert_ok!(Appraisal::remove_asset(root(), ASSET));
		assert_ok!(Appraisal::register_asset(root(), ASSET, symbol("TBILL")));
		assert_eq!(Appraisal::price(ASSET), Err(AppraisalError::Unavailable(PRICE)));
		// The first value is accepted as it is.
		agree(PRICE, 100 * WAD);
		assert_eq!(Appraisal::price(ASSET), Ok((100 * WAD, START)));
	});
}

#[test]
fn remove_asset_should_refuse_when_it_is_not_registered() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Appraisal::remove_asset(root(), 8), Error::<Test>::UnknownAsset);
	});
}

#[test]
fn calls_should_refuse_when_the_origin_is_not_the_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let signed = || RuntimeOrigin::signed(OPERATORS[0]);
		assert_noop!(Appraisal::register_asset(signed(), 8, symbol("USDT")), BadOrigin);
		assert_noop!(Appraisal::remove_asset(signed(), ASSET), BadOrigin);
	});
}
