// SPDX-License-Identifier: Apache-2.0

//! CLBR, USDai and sUSDai: transfers to a sibling with Caliber as their reserve, and back.

use crate::common::*;

fn bob() -> AccountId {
	account(Keyring::Bob)
}

/// Sends a local asset from Bob to an account on the sibling. Returns the amount that arrives: all
/// of it, less the price of execution there.
fn send_out(asset: &Location, there: &Location, who: &AccountId, amount: Balance) -> Balance {
	let (before, kept) = (here(asset, &bob()), here(asset, &account_of_sibling(SIBLING)));
	submit_ok(&bob(), transfer_call(para(SIBLING), who, (asset.clone(), amount), 0));
	let received = at_sibling(there, who);
	assert!(received > 0 && received < amount && amount - received < 1_000_000);
	// Delivery is charged in CLBR.
	if !asset.is_here() {
		assert_eq!(here(asset, &bob()), before - amount);
	}
	assert_eq!(here(asset, &account_of_sibling(SIBLING)), kept + amount);
	received
}

#[test]
fn clbr_should_go_out_and_come_back_paying_for_itself() {
	start();
	let (amount, supply) =
		(100 * CLBR, Caliber::ext_wrapper(|| NativeAndAssets::total_issuance(Location::here())));
	let received = send_out(&Location::here(), &para(CALIBER), &newcomer(), amount);
	let (back, fee) = (60 * CLBR, transfer_fee(WithdrawAsset, 1));
	let (kept, pot) = (here(&Location::here(), &account_of_sibling(SIBLING)), staking_pot());
	send_to_caliber!(Sibling, newcomer(), &newcomer(), (para(CALIBER), back), 0);
	assert_done();
	assert_eq!(here(&Location::here(), &newcomer()), back - fee);
	assert_eq!(here(&Location::here(), &account_of_sibling(SIBLING)), kept - back);
	assert_eq!(staking_pot(), pot + fee);
	assert_eq!(at_sibling(&para(CALIBER), &newcomer()), received - back);
	let now = Caliber::ext_wrapper(|| NativeAndAssets::total_issuance(Location::here()));
	assert_eq!(now, supply);
}

#[test]
fn usdai_should_go_out_and_come_back_paying_for_itself_through_its_pool() {
	start();
	buy_usdai(&bob(), 100_000);
	send_out(&usdai(), &abroad(USDAI), &newcomer(), 1_000 * USD);

	let (back, supply) =
		(400 * USD, Caliber::ext_wrapper(|| NativeAndAssets::total_issuance(usdai())));
	let fee = price_of_clbr(&usdai(), transfer_fee(WithdrawAsset, 1));
	let kept = here(&usdai(), &account_of_sibling(SIBLING));
	send_to_caliber!(Sibling, newcomer(), &newcomer(), (abroad(USDAI), back), 0);
	assert_done();
	assert_eq!(here(&usdai(), &newcomer()), back - fee);
	assert_eq!(here(&usdai(), &account_of_sibling(SIBLING)), kept - back);
	assert_eq!(Caliber::ext_wrapper(|| NativeAndAssets::total_issuance(usdai())), supply);
}

#[test]
fn susdai_without_a_pool_should_not_pay() {
	start();
	buy_usdai(&bob(), 100_000);
	submit_ok(&bob(), pallet_caliber_vault::Call::deposit { assets: 50_000 * USD, min_shares: 0 });
	send_out(&susdai(), &abroad(SUSDAI), &newcomer(), 1_000 * USD);
	send_to_caliber!(Sibling, newcomer(), &newcomer(), (abroad(SUSDAI), 400 * USD), 0);
	let expected = Outcome {
		failed: vec![(para(SIBLING), XcmError::TooExpensive)],
		trapped: vec![(para(SIBLING), (susdai(), 400 * USD).into())],
		..Default::default()
	};
	assert_eq!(outcome(), expected);
}

#[test]
fn susdai_should_go_out_and_come_back_with_clbr_to_pay() {
	start();
	buy_usdai(&bob(), 100_000);
	submit_ok(&bob(), pallet_caliber_vault::Call::deposit { assets: 50_000 * USD, min_shares: 0 });
	let sent = 1_000 * USD;
	send_out(&susdai(), &abroad(SUSDAI), &newcomer(), sent);
	send_out(&Location::here(), &para(CALIBER), &newcomer(), CLBR);
	// The sibling reports its version. That message does not count below.
	empty_block!(Sibling);
	empty_block!(Caliber);

	let back = 900 * USD;
	let assets: Vec<Asset> = vec![(para(CALIBER), CLBR / 2).into(), (abroad(SUSDAI), back).into()];
	let (pot, fee) = (staking_pot(), transfer_fee(WithdrawAsset, 2));
	send_to_caliber!(Sibling, newcomer(), &newcomer(), assets, 0);
	assert_done();
	assert_eq!(here(&susdai(), &newcomer()), back);
	assert_eq!(here(&susdai(), &account_of_sibling(SIBLING)), sent - back);
	assert_eq!(here(&Location::here(), &newcomer()), CLBR / 2 - fee);
	assert_eq!(staking_pot(), pot + fee);
}

#[test]
fn sibling_should_not_take_more_than_it_was_sent() {
	start();
	buy_usdai(&bob(), 100_000);
	send_out(&usdai(), &abroad(USDAI), &newcomer(), 1_000 * USD);
	let kept = here(&usdai(), &account_of_sibling(SIBLING));
	let message = Xcm(vec![
		WithdrawAsset((usdai(), kept + 1).into()),
		BuyExecution { fees: (usdai(), USD).into(), weight_limit: Unlimited },
		DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
	]);
	message_from!(Sibling, message);
	let outcome = outcome();
	assert!(
		matches!(&outcome.failed[..], [(from, XcmError::FailedToTransactAsset(_))] if *from == para(SIBLING)),
		"{outcome:?}"
	);
	assert!(outcome.trapped.is_empty());
	assert_eq!(here(&usdai(), &account_of_sibling(SIBLING)), kept);
	assert_eq!(here(&usdai(), &newcomer()), 0);
}
