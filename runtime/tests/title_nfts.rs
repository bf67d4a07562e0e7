// SPDX-License-Identifier: Apache-2.0

//! NFTs of titles, as wallets and markets see them: what they say, and that nothing is on offer that
//! nobody can take.

#![allow(missing_docs)]

mod common;

use caliber_primitives::TitleId;
use caliber_runtime::{
	constants::currency::CLBR, AccountId, Block, Nfts, Runtime, RuntimeCall, Titles,
};
use common::{lines::*, *};
use pallet_caliber_credit::Call as CreditCall;
use pallet_caliber_titles::Call as TitlesCall;
use polkadot_sdk::{
	frame_system, pallet_nfts,
	pallet_nfts::{AttributeNamespace, Call, ItemPriceOf},
	pallet_nfts_runtime_api::runtime_decl_for_nfts_api::NftsApiV1,
	pallet_utility,
	sp_runtime::{DispatchError, MultiAddress},
};

const TITLE: TitleId = 0;

fn closed() -> DispatchError {
	frame_system::Error::<Runtime>::CallFiltered.into()
}

fn collection() -> u32 {
	Titles::collection().unwrap()
}

fn price(title: TitleId, price: Option<u128>) -> Call<Runtime> {
	Call::set_price { collection: collection(), item: title, price, whitelisted_buyer: None }
}

/// Returns every call that offers a title.
fn offers(title: TitleId) -> [RuntimeCall; 3] {
	[
		price(title, Some(CLBR)).into(),
		Call::approve_transfer {
			collection: collection(),
			item: title,
			delegate: MultiAddress::Id(saver()),
			maybe_deadline: None,
		}
		.into(),
		Call::create_swap {
			offered_collection: collection(),
			offered_item: title,
			desired_collection: collection(),
			maybe_desired_item: None,
			maybe_price: None,
			duration: 100,
		}
		.into(),
	]
}

/// Returns an attribute as a wallet reads it.
fn attribute(title: TitleId, key: &str) -> Option<String> {
	let value = <Runtime as NftsApiV1<Block, AccountId, u32, u32>>::attribute(
		collection(),
		title,
		key.as_bytes().to_vec(),
	);
	value.map(|value| String::from_utf8(value).unwrap())
}

#[test]
fn pledged_title_should_be_on_no_market() {
	run_live(|| {
		buy_usdai(&saver(), 500_000);
		feed_usual_prices();
		let title = server(&borrower(), 1);
		for offer in offers(title) {
			submit_ok(&borrower(), offer);
		}
		buy_usdai(&curator(), 100_000);
		let line = open_line(title);
		// What was offered before is off the market.
		assert!(ItemPriceOf::<Runtime>::get(collection(), title).is_none());
		let unsold = pallet_nfts::Error::<Runtime>::NotForSale;
		let buy = Call::buy_item { collection: collection(), item: title, bid_price: CLBR };
		submit_err(&saver(), buy.clone(), unsold);
		for offer in offers(title) {
			submit_err(&borrower(), offer.clone(), closed());
			let calls = vec![offer];
			submit_err(&borrower(), pallet_utility::Call::batch_all { calls }, closed());
		}
		// To take an offer back, or to want the title, is nobody's loss.
		submit_ok(&borrower(), price(title, None));
		let other = server(&saver(), 20);
		let wanting = Call::create_swap {
			offered_collection: collection(),
			offered_item: other,
			desired_collection: collection(),
			maybe_desired_item: Some(title),
			maybe_price: None,
			duration: 100,
		};
		submit_ok(&saver(), wanting);
		submit_ok(&borrower(), CreditCall::close_line { line });
		submit_err(&saver(), buy.clone(), pallet_nfts::Error::<Runtime>::NotForSale);
		submit_ok(&borrower(), price(title, Some(CLBR)));
		submit_ok(&saver(), buy);
		assert_eq!(Nfts::owner(collection(), title), Some(saver()));
	});
}

#[test]
fn title_in_redemption_should_be_on_no_market() {
	run(|| {
		feed_usual_prices();
		let title = server(&borrower(), 1);
		buy_usdai(&borrower(), 10_000);
		submit_ok(&borrower(), TitlesCall::request_redemption { title });
		for offer in offers(title) {
			submit_err(&borrower(), offer, closed());
		}
		submit_ok(&borrower(), TitlesCall::cancel_redemption { title });
		for offer in offers(title) {
			submit_ok(&borrower(), offer);
		}
	});
}

#[test]
fn wallets_should_read_what_a_title_is_and_whether_it_is_free() {
	run_live(|| {
		let line = open_funded_line(100_000);
		let expected = [
			("class", "compute"),
			("model", "NVIDIA H100 SXM5 80GB"),
			("units", "8"),
			("facility", "Helsinki DC 3"),
			("state", "pledged to line 0"),
		];
		for (key, value) in expected {
			assert_eq!(attribute(TITLE, key).as_deref(), Some(value), "{key}");
		}
		submit_ok(&borrower(), CreditCall::close_line { line });
		assert_eq!(attribute(TITLE, "state").as_deref(), Some("free"));
	});
}

/// The seller says of its machines what is not so; the buyer would inherit it.
#[test]
fn seller_should_write_no_attributes_of_a_title() {
	run(|| {
		feed_usual_prices();
		let title = server(&borrower(), 1);
		let set = |collection, item, namespace| Call::<Runtime>::set_attribute {
			collection,
			maybe_item: Some(item),
			namespace,
			key: b"insured".to_vec().try_into().unwrap(),
			value: b"10M".to_vec().try_into().unwrap(),
		};
		submit_err(&borrower(), set(collection(), title, AttributeNamespace::ItemOwner), closed());
		let approve = Call::approve_item_attributes {
			collection: collection(),
			item: title,
			delegate: MultiAddress::Id(saver()),
		};
		submit_err(&borrower(), approve, closed());
		// Of other NFTs it may.
		let unknown = pallet_nfts::Error::<Runtime>::UnknownItem;
		submit_err(&borrower(), set(99, 0, AttributeNamespace::ItemOwner), unknown);
		assert_eq!(attribute(title, "insured"), None);
	});
}
