// SPDX-License-Identifier: Apache-2.0

//! USDC and USDT of Asset Hub: reserve transfers in, swaps with USDai, and transfers back.

use crate::{common::*, parachain, stand_in::flat_price};
use polkadot_sdk::{frame_support::weights::Weight, pallet_psm, pallet_xcm, sp_runtime::Permill};

const DOLLAR: Balance = 1_000_000;

fn alice() -> AccountId {
	account(Keyring::Alice)
}

#[test]
fn usdc_should_arrive_and_pay_for_itself_through_the_pool() {
	start();
	assert_backed();
	let (sent, pot) = (1_000 * DOLLAR, staking_pot());
	let clbr = transfer_fee(ReserveAssetDeposited, 1);
	let fee = price_of_clbr(&usdc(), clbr);
	send_to_caliber!(AssetHub, alice(), &newcomer(), (at_home(USDC), sent), 0);
	assert_done();
	assert_eq!(at_asset_hub(USDC, &alice()), HOLDING - sent);
	assert_eq!(here(&usdc(), &newcomer()), sent - fee);
	// A CLBR costs half a dollar, and the pool charges 0.3 %.
	let fair = clbr / 2 / 1_000_000;
	assert!((fair..=fair + fair / 250 + 1).contains(&fee), "{fee} for {fair}");
	assert_eq!(staking_pot(), pot + clbr);
	assert_backed();
}

#[test]
fn usdt_without_a_pool_should_wait_until_there_is_one() {
	start();
	let sent = 1_000 * DOLLAR;
	let lost: Assets = (usdt(), sent).into();
	send_to_caliber!(AssetHub, alice(), &newcomer(), (at_home(USDT), sent), 0);
	let expected = Outcome {
		failed: vec![(para(ASSET_HUB), XcmError::TooExpensive)],
		trapped: vec![(para(ASSET_HUB), lost.clone())],
		..Default::default()
	};
	assert_eq!(outcome(), expected);
	assert_eq!(here(&usdt(), &newcomer()), 0);
	assert_backed();

	// Asset Hub may claim the assets; the beneficiary may not.
	let claim = pallet_xcm::Call::<Runtime>::claim_assets {
		assets: Box::new(VersionedAssets::from(lost.clone())),
		beneficiary: Box::new(to(&newcomer()).into()),
	};
	Caliber::execute_with(|| assert!(submit(&newcomer(), claim).is_err()));

	make_pool(&account(Keyring::Bob), usdt(), 10_000, DOLLAR);
	let message = Xcm(vec![
		ClaimAsset { assets: lost.clone(), ticket: GeneralIndex(XCM_VERSION.into()).into() },
		BuyExecution { fees: (usdt(), sent).into(), weight_limit: Unlimited },
		DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
		SetTopic([1; 32]),
	]);
	let fee = price_of_clbr(&usdt(), fee_of(message.clone()));
	message_from!(AssetHub, message);
	assert_done();
	assert_eq!(here(&usdt(), &newcomer()), sent - fee);
	assert_backed();
}

#[test]
fn trapped_assets_should_be_claimed_by_whom_the_sender_named() {
	start();
	let sent = 1_000 * DOLLAR;
	let assets: Assets = (at_home(USDT), sent).into();
	let xcm = Xcm(vec![
		SetHints {
			hints: vec![AssetClaimer { location: to(&newcomer()) }].try_into().expect("one hint"),
		},
		BuyExecution { fees: (usdt(), sent).into(), weight_limit: Unlimited },
		DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
	]);
	let program = Xcm(vec![
		WithdrawAsset(assets),
		DepositReserveAsset { assets: AllCounted(1).into(), dest: para(CALIBER), xcm },
	]);
	AssetHub::execute_with(|| {
		assert_ok!(parachain::PolkadotXcm::execute(
			parachain::RuntimeOrigin::signed(alice()),
			Box::new(polkadot_sdk::staging_xcm::VersionedXcm::from(program)),
			Weight::MAX,
		));
	});
	assert_eq!(outcome().trapped, [(to(&newcomer()), (usdt(), sent).into())]);
	let claim = || pallet_xcm::Call::<Runtime>::claim_assets {
		assets: Box::new(VersionedAssets::from(Assets::from((usdt(), sent)))),
		beneficiary: Box::new(to(&newcomer()).into()),
	};
	submit_ok(&newcomer(), claim());
	assert_eq!(here(&usdt(), &newcomer()), sent);
	// The assets can be claimed once.
	Caliber::execute_with(|| assert!(submit(&newcomer(), claim()).is_err()));
	assert_backed();
}

#[test]
fn usdc_should_pay_for_usdt() {
	start();
	let fee = price_of_clbr(&usdc(), transfer_fee(ReserveAssetDeposited, 2));
	let assets = vec![(at_home(USDC), 10 * DOLLAR).into(), (at_home(USDT), 500 * DOLLAR).into()];
	send_to_caliber!(AssetHub, alice(), &newcomer(), assets, 0);
	assert_done();
	assert_eq!(here(&usdc(), &newcomer()), 10 * DOLLAR - fee);
	assert_eq!(here(&usdt(), &newcomer()), 500 * DOLLAR);
	assert_backed();
}

#[test]
fn dollars_should_come_in_become_usdai_and_go_home() {
	start();
	// Charlie//stash has no dollars on Caliber.
	let charlie = account(Keyring::CharlieStash);
	let sent = 100_000 * DOLLAR;
	let fee = price_of_clbr(&usdc(), transfer_fee(ReserveAssetDeposited, 1));
	send_to_caliber!(AssetHub, alice(), &charlie, (at_home(USDC), sent), 0);
	assert_done();

	let supply = Caliber::ext_wrapper(|| NativeAndAssets::total_issuance(usdai()));
	buy_usdai(&charlie, 90_000);
	assert_eq!(here(&usdai(), &charlie), 90_000 * USD);
	assert_eq!(
		Caliber::ext_wrapper(|| NativeAndAssets::total_issuance(usdai())),
		supply + 90_000 * USD
	);
	assert_eq!(here(&usdc(), &charlie), 10_000 * DOLLAR - fee);

	// The peg charges a thousandth.
	submit_ok(
		&charlie,
		pallet_psm::Call::redeem {
			internal_asset: usdai(),
			external_asset: usdc(),
			internal_amount: 90_000 * USD,
			max_fee: Permill::from_parts(1_000),
		},
	);
	let back = 100_000 * DOLLAR - fee - 90 * DOLLAR;
	assert_eq!(here(&usdc(), &charlie), back);
	assert_backed();

	let kept = at_asset_hub(USDC, &account_of_sibling(CALIBER));
	let (clbr, fees) = (here(&Location::here(), &charlie), here(&Location::here(), &treasury()));
	submit_ok(&charlie, transfer_call(para(ASSET_HUB), &newcomer(), (usdc(), back), 0));
	assert_eq!(here(&usdc(), &charlie), 0);
	assert_eq!(at_asset_hub(USDC, &account_of_sibling(CALIBER)), kept - back);
	let execution = flat_price(Weight::from_parts(5_000_000_000, 0));
	assert_eq!(at_asset_hub(USDC, &newcomer()), back - execution);
	// The sender pays for delivery, to the treasury.
	let delivery = here(&Location::here(), &treasury()) - fees;
	assert!(delivery > 30 * MILLI_CLBR);
	assert_eq!(here(&Location::here(), &charlie), clbr - delivery);
	assert_backed();
}

#[test]
fn who_has_usdc_only_should_buy_clbr_for_delivery() {
	start();
	let dollars = 1_000 * DOLLAR;
	send_to_caliber!(AssetHub, alice(), &newcomer(), (at_home(USDC), dollars), 0);
	assert_done();
	let transfer = || transfer_call(para(ASSET_HUB), &newcomer(), (usdc(), 500 * DOLLAR), 0);
	Caliber::execute_with(|| assert!(submit(&newcomer(), transfer()).is_err()));
	let swap = polkadot_sdk::pallet_asset_conversion::Call::swap_exact_tokens_for_tokens {
		path: vec![Box::new(usdc()), Box::new(Location::here())],
		amount_in: DOLLAR,
		amount_out_min: CLBR,
		send_to: newcomer(),
		keep_alive: true,
	};
	submit_ok(&newcomer(), swap);
	submit_ok(&newcomer(), transfer());
	assert!(at_asset_hub(USDC, &newcomer()) > 499 * DOLLAR);
	assert_backed();
}
