// SPDX-License-Identifier: Apache-2.0

//! Random auctions. After every step the books hold, and so do the rules named below.

use super::{
	mock::*,
	support::{
		auction_ops::{any_auction_op, apply_auction, open_and_draw, AuctionOp},
		lot::*,
	},
};
use crate::{Auctions, LineLosses, Lines};
use caliber_primitives::{Balance, LineId, USD};
use proptest::prelude::*;

/// Figures that must not go back from one step to the next.
struct Before {
	bad_debt: Balance,
	auctions: Vec<(LineId, crate::AuctionRecord<AccountId>)>,
	/// Lines whose lots are won.
	won: Vec<LineId>,
}

impl Before {
	fn now() -> Self {
		let is_won = |id: &LineId| Credit::auction(*id).is_some_and(|report| report.is_won);
		Self {
			bad_debt: totals().bad_debt,
			auctions: Auctions::<Test>::iter().collect(),
			won: Auctions::<Test>::iter_keys().filter(is_won).collect(),
		}
	}

	fn check(self, step: &str, recovers: bool) {
		let bad_debt = totals().bad_debt;
		assert!(recovers || self.bad_debt <= bad_debt, "bad debt vanished with {step}");
		for id in self.won {
			let settled = Auctions::<Test>::get(id).is_some() || Lines::<Test>::get(id).is_none();
			assert!(settled, "a lot was taken back from its winner with {step}");
		}
		for (id, before) in self.auctions {
			let Some(after) = Auctions::<Test>::get(id) else { continue };
			assert_eq!(after.terms, before.terms, "the rules changed with {step}");
			assert!(after.reserve <= before.reserve, "the reserve price rose with {step}");
			assert!(after.ends_at >= before.ends_at, "an end moved back with {step}");
			let is_bound = is_bound(&before);
			if let (true, Some(best)) = (is_bound, before.best) {
				let better = after.best.expect("a bid that binds stays until it is exceeded");
				assert!(better.amount >= best.amount, "the best bid fell with {step}");
			}
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

	#[test]
	fn books_should_hold_through_random_auctions(
		ops in prop::collection::vec(any_auction_op(), 1..120),
	) {
		ExtBuilder::default().build_and_execute(|| {
			for title in [1, 2, 5] {
				open_and_draw(title, 600_000 * USD);
			}
			assert_eq!(all_loans().len(), 3);
			set_time(DEFAULT_AT);
			let issued = everything();
			for op in ops {
				let step = format!("{op:?}");
				let recovers = matches!(op, AuctionOp::LateClaim { .. });
				let before = Before::now();
				apply_auction(op);
				check_all();
				before.check(&step, recovers);
				assert_eq!(everything(), issued, "USDai came or went with {step}");
			}
			let lost: Balance = LineLosses::<Test>::iter_values().map(|loss| loss.senior).sum();
			assert_eq!(lost, totals().bad_debt);
		});
	}
}
