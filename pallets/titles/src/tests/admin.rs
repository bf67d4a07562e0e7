// SPDX-License-Identifier: Apache-2.0

//! Decisions of governance: what raises risk is for a referendum, what lowers it for the committee
//! too.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::USD;
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok, dispatch::DispatchResult, traits::UnfilteredDispatchable,
	},
	sp_runtime::traits::BadOrigin,
};

fn send(origin: RuntimeOrigin, call: crate::Call<Test>) -> DispatchResult {
	plain(call.dispatch_bypass_filter(origin))
}

fn info(tier: u8) -> PartyInfo {
	PartyInfo::Custodian(CustodianInfo {
		facility: b"Reykjavik 1".to_vec().try_into().unwrap(),
		tier,
		jurisdiction: *b"IS",
	})
}

#[test]
fn calls_that_raise_risk_should_be_for_a_referendum_only() {
	ExtBuilder::default().build_and_execute(|| {
		let (claimed, lost, shut) = (active(1), active(3), active(5));
		let owner = RuntimeOrigin::signed(OWNER);
		assert_ok!(Titles::request_redemption(owner.clone(), claimed));
		set_time(START + REDEMPTION_PERIOD + 1);
		assert_ok!(Titles::escalate_redemption(owner, claimed));
		assert_ok!(Titles::report_loss(referendum(), lost, machines_of(lost)));
		assert_ok!(Titles::suspend_title(referendum(), shut));
		assert_ok!(Titles::suspend_party(referendum(), PartyKind::Insurer, INSURER));

		let calls = [
			crate::Call::register_party { account: STRANGER, info: PartyInfo::Verifier },
			crate::Call::update_party { account: CUSTODIAN, info: info(4) },
			// A lower tier is no brake: it would last.
			crate::Call::update_party { account: CUSTODIAN, info: info(1) },
			// Nothing changes.
			crate::Call::update_party { account: CUSTODIAN, info: info(1) },
			crate::Call::reinstate_party { kind: PartyKind::Insurer, account: INSURER },
			crate::Call::resolve_claim { title: claimed, award: USD },
			crate::Call::slash_custodian { title: lost, amount: USD, loss: None },
			crate::Call::recover_title { title: lost },
			crate::Call::reinstate_title { title: shut },
			crate::Call::slash_verifier {
				title: lost,
				verifier: VERIFIER,
				amount: USD,
				loss: None,
			},
			crate::Call::slash_insurer { title: lost, policy: 1, amount: USD, loss: None },
			crate::Call::set_insurer_capacity { insurer: INSURER, capacity: CAPACITY + 1 },
			// A removal would last.
			crate::Call::remove_party { kind: PartyKind::Verifier, account: VERIFIER },
		];
		for call in calls {
			for origin in [committee(), RuntimeOrigin::signed(CUSTODIAN), RuntimeOrigin::none()] {
				assert_noop!(send(origin, call.clone()), BadOrigin);
			}
			assert_ok!(send(referendum(), call));
		}
	});
}

#[test]
fn calls_that_lower_risk_should_be_for_the_committee_too() {
	ExtBuilder::default().build_and_execute(|| {
		let calls = |title| {
			[
				crate::Call::suspend_party { kind: PartyKind::Custodian, account: RIVAL },
				crate::Call::suspend_party { kind: PartyKind::Verifier, account: VERIFIER },
				crate::Call::suspend_title { title },
				crate::Call::set_insurer_capacity { insurer: INSURER, capacity: 1 },
			]
		};
		let (first, second) = (active(1), active(3));
		for call in calls(first) {
			for origin in [RuntimeOrigin::signed(CUSTODIAN), RuntimeOrigin::none()] {
				assert_noop!(send(origin, call.clone()), BadOrigin);
			}
			assert_ok!(send(committee(), call));
		}
		for call in calls(second) {
			assert_ok!(send(referendum(), call));
		}
	});
}

#[test]
fn calls_for_accounts_and_referenda_should_take_the_committee_for_an_account() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(Titles::suspend_party(committee(), PartyKind::Insurer, INSURER));
		let refused = Error::<Test>::PolicyNotOver;
		assert_noop!(Titles::remove_policy(committee(), title, 0), refused);
		let refused = Error::<Test>::NotTitleCustodian;
		assert_noop!(Titles::report_loss(committee(), title, machines_of(title)), refused);
		assert_ok!(Titles::report_loss(referendum(), title, machines_of(title)));
		let refused = Error::<Test>::NotOwnerOrCustodian;
		assert_noop!(plain(Titles::retire_lost(committee(), title)), refused);

		// While the committee keeps the insurer from new business, a referendum may remove.
		assert_ok!(Titles::remove_policy(referendum(), title, 0));
		assert_ok!(Titles::retire_lost(referendum(), title));
	});
}
