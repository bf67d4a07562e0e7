// SPDX-License-Identifier: Apache-2.0

//! Random lives of a few titles. After every step each invariant holds, and no CLBR or USDai
//! appeared or vanished.

use crate::{
	mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::Ineligibility, USD, USDAI};
use polkadot_sdk::frame_support::{
	assert_ok,
	dispatch::{DispatchResult, DispatchResultWithPostInfo},
	traits::fungible::Inspect,
};
use proptest::prelude::*;

#[derive(Clone, Copy, Debug)]
enum Op {
	Attest { custodian: u8, owner: u8, first: u8, units: u8 },
	WithdrawAttestation { custodian: u8, title: u8 },
	Confirm { title: u8 },
	Heartbeat { custodian: u8, title: u8 },
	PayRevenue { payer: u8, title: u8, amount: u8 },
	Encumber { owner: u8, title: u8, line: u8 },
	Release { title: u8, line: u8 },
	Seize { title: u8, line: u8, to: u8 },
	SendNft { from: u8, title: u8, to: u8 },
	PostBond { custodian: u8, share: u8 },
	WithdrawBond { custodian: u8, share: u8 },
	Suspend { custodian: u8 },
	Reinstate { custodian: u8 },
	Donate { amount: u8 },
	PauseModel { paused: bool },
	Wait { days: u8 },
}

fn ops() -> impl Strategy<Value = Op> {
	let title = || 0u8..6;
	let pair = || 0u8..2;
	let line = || 0u8..3;
	prop_oneof![
		4 => (pair(), pair(), 0u8..16, 1u8..4)
			.prop_map(|(custodian, owner, first, units)| Op::Attest { custodian, owner, first, units }),
		1 => (pair(), title())
			.prop_map(|(custodian, title)| Op::WithdrawAttestation { custodian, title }),
		4 => title().prop_map(|title| Op::Confirm { title }),
		2 => (pair(), title()).prop_map(|(custodian, title)| Op::Heartbeat { custodian, title }),
		3 => (0u8..3, title(), any::<u8>())
			.prop_map(|(payer, title, amount)| Op::PayRevenue { payer, title, amount }),
		4 => (pair(), title(), line())
			.prop_map(|(owner, title, line)| Op::Encumber { owner, title, line }),
		2 => (title(), line()).prop_map(|(title, line)| Op::Release { title, line }),
		1 => (title(), line(), pair()).prop_map(|(title, line, to)| Op::Seize { title, line, to }),
		2 => (pair(), title(), pair())
			.prop_map(|(from, title, to)| Op::SendNft { from, title, to }),
		1 => (pair(), any::<u8>())
			.prop_map(|(custodian, share)| Op::PostBond { custodian, share }),
		1 => (pair(), any::<u8>())
			.prop_map(|(custodian, share)| Op::WithdrawBond { custodian, share }),
		1 => pair().prop_map(|custodian| Op::Suspend { custodian }),
		2 => pair().prop_map(|custodian| Op::Reinstate { custodian }),
		1 => any::<u8>().prop_map(|amount| Op::Donate { amount }),
		1 => any::<bool>().prop_map(|paused| Op::PauseModel { paused }),
		2 => (0u8..40).prop_map(|days| Op::Wait { days }),
	]
}

fn custodian(index: u8) -> AccountId {
	[CUSTODIAN, RIVAL][usize::from(index)].clone()
}

fn owner(index: u8) -> AccountId {
	[OWNER, BUYER, PAYER][usize::from(index)].clone()
}

fn plain(result: DispatchResultWithPostInfo) -> DispatchResult {
	result.map(|_| ()).map_err(|error| error.error)
}

/// What an operation does may fail; what it leaves behind may not.
fn apply(op: Op) -> DispatchResult {
	let signed = RuntimeOrigin::signed;
	match op {
		Op::Attest { custodian: who, owner: to, first, units } => {
			let serials = (first..first + units).map(|n| serial(n.into())).collect::<Vec<_>>();
			let spec = TitleSpec { serials: serials.try_into().unwrap(), ..spec(0) };
			Titles::attest(signed(custodian(who)), owner(to), spec)
		}
		Op::WithdrawAttestation { custodian: who, title } => {
			plain(Titles::withdraw_attestation(signed(custodian(who)), title.into()))
		}
		Op::Confirm { title } => Titles::confirm(signed(VERIFIER), title.into()),
		Op::Heartbeat { custodian: who, title } => {
			let titles = vec![title.into()].try_into().unwrap();
			Titles::heartbeat(signed(custodian(who)), titles)
		}
		Op::PayRevenue { payer, title, amount } => Titles::pay_revenue(
			signed(owner(payer)),
			title.into(),
			u128::from(amount) * 1_000 * USD,
		),
		Op::Encumber { owner: of, title, line } => {
			<Titles as Encumber<AccountId>>::encumber(title.into(), &owner(of), line.into())
		}
		Op::Release { title, line } => {
			<Titles as Encumber<AccountId>>::release(title.into(), line.into())
		}
		Op::Seize { title, line, to } => {
			<Titles as Encumber<AccountId>>::seize(title.into(), line.into(), &owner(to))
		}
		Op::SendNft { from, title, to } => send_nft(owner(from), title.into(), owner(to)),
		Op::PostBond { custodian: who, share } => {
			Titles::post_bond(signed(custodian(who)), ENDOWMENT / 255 * u128::from(share))
		}
		Op::WithdrawBond { custodian: who, share } => {
			Titles::withdraw_bond(signed(custodian(who)), BOND / 255 * u128::from(share))
		}
		Op::Suspend { custodian: who } => {
			Titles::suspend_custodian(RuntimeOrigin::root(), custodian(who))
		}
		Op::Reinstate { custodian: who } => {
			Titles::reinstate_custodian(RuntimeOrigin::root(), custodian(who))
		}
		Op::Donate { amount } => {
			let pot = Titles::account_id();
			Assets::transfer(signed(PAYER), USDAI, pot.clone(), amount.into())?;
			Balances::transfer_keep_alive(signed(STRANGER), pot, CLBR)
		}
		Op::PauseModel { paused } => {
			ModelObjection::set(&paused.then_some(Ineligibility::ModelPaused));
			Ok(())
		}
		Op::Wait { days } => {
			set_time(Titles::now() + u64::from(days) * DAY);
			Ok(())
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	#[test]
	fn every_invariant_should_hold_after_any_operation(
		ops in prop::collection::vec(ops(), 1..60),
	) {
		ExtBuilder::default().build_and_execute(|| {
			let clbr = Balances::total_issuance();
			let dollars = UsdAi::total_issuance();
			for op in ops {
				let _ = apply(op);
				assert_ok!(Titles::do_try_state());
				assert_eq!(Balances::total_issuance(), clbr, "conservation of CLBR: {op:?}");
				assert_eq!(UsdAi::total_issuance(), dollars, "conservation of USDai: {op:?}");
			}
		});
	}
}
