// SPDX-License-Identifier: Apache-2.0

//! The money of a liquidation, handed down a waterfall: each rank is paid in full before the next
//! receives anything, and what all of them leave is the borrower's.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::MathError;

/// What the ranks of a liquidation are owed, first rank first. Amounts at 18 decimals.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Ranks {
	/// The fee for the liquidation.
	pub liquidation_fee: u128,
	/// Principal of the senior.
	pub senior_principal: u128,
	/// Interest of the senior.
	pub senior_interest: u128,
	/// Servicing fees of windows that nobody paid. They grow with every window and may be the
	/// curator's, who stands behind the senior: so do they.
	pub servicing_fee: u128,
	/// Principal of the junior.
	pub junior_principal: u128,
	/// Interest of the junior.
	pub junior_interest: u128,
}

/// Who receives what of the money of a liquidation, and who goes without. Amounts at 18 decimals.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Waterfall {
	/// What each rank receives.
	pub paid: Ranks,
	/// What each rank is owed and does not receive.
	pub unpaid: Ranks,
	/// What is left when every rank has its due: the borrower's.
	pub surplus: u128,
}

impl Ranks {
	/// All ranks together.
	///
	/// # Errors
	/// [`MathError::Overflow`] when the sum does not fit `u128`.
	pub fn total(&self) -> Result<u128, MathError> {
		[
			self.senior_principal,
			self.senior_interest,
			self.servicing_fee,
			self.junior_principal,
			self.junior_interest,
		]
		.into_iter()
		.try_fold(self.liquidation_fee, u128::checked_add)
		.ok_or(MathError::Overflow)
	}

	/// Hand `proceeds` down the ranks. Exact: what is paid and the surplus add up to `proceeds`, and
	/// what is paid and unpaid to what is owed, rank by rank.
	pub fn distribute(&self, proceeds: u128) -> Waterfall {
		let mut fall = Waterfall { surplus: proceeds, ..Waterfall::default() };
		let Waterfall { paid, unpaid, surplus } = &mut fall;
		let mut serve = |owed: u128, paid: &mut u128, unpaid: &mut u128| {
			*paid = owed.min(*surplus);
			// The lesser of two amounts is part of each of them.
			*unpaid = owed - *paid;
			*surplus -= *paid;
		};
		serve(self.liquidation_fee, &mut paid.liquidation_fee, &mut unpaid.liquidation_fee);
		serve(self.senior_principal, &mut paid.senior_principal, &mut unpaid.senior_principal);
		serve(self.senior_interest, &mut paid.senior_interest, &mut unpaid.senior_interest);
		serve(self.servicing_fee, &mut paid.servicing_fee, &mut unpaid.servicing_fee);
		serve(self.junior_principal, &mut paid.junior_principal, &mut unpaid.junior_principal);
		serve(self.junior_interest, &mut paid.junior_interest, &mut unpaid.junior_interest);
		fall
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// 5 and 3 of fees, 800 and 40 to the senior, 200 and 20 to the junior: 1 068 in all.
	const OWED: Ranks = Ranks {
		liquidation_fee: 5,
		senior_principal: 800,
		senior_interest: 40,
		servicing_fee: 3,
		junior_principal: 200,
		junior_interest: 20,
	};

	fn ranks(owed: [u128; 6]) -> Ranks {
		let [liquidation_fee, senior_principal, senior_interest, servicing_fee, junior_principal, junior_interest] =
			owed;
		Ranks {
			liquidation_fee,
			senior_principal,
			senior_interest,
			servicing_fee,
			junior_principal,
			junior_interest,
		}
	}

	#[test]
	fn distribute_should_pay_each_rank_in_full_before_the_next() {
		for (proceeds, paid, surplus) in [
			(0, [0, 0, 0, 0, 0, 0], 0),
			(4, [4, 0, 0, 0, 0, 0], 0),
			(5, [5, 0, 0, 0, 0, 0], 0),
			(6, [5, 1, 0, 0, 0, 0], 0),
			(805, [5, 800, 0, 0, 0, 0], 0),
			(806, [5, 800, 1, 0, 0, 0], 0),
			(845, [5, 800, 40, 0, 0, 0], 0),
			(846, [5, 800, 40, 1, 0, 0], 0),
			(848, [5, 800, 40, 3, 0, 0], 0),
			(849, [5, 800, 40, 3, 1, 0], 0),
			(1_048, [5, 800, 40, 3, 200, 0], 0),
			(1_049, [5, 800, 40, 3, 200, 1], 0),
			(1_068, [5, 800, 40, 3, 200, 20], 0),
			(1_069, [5, 800, 40, 3, 200, 20], 1),
			(2_000, [5, 800, 40, 3, 200, 20], 932),
		] {
			let fall = OWED.distribute(proceeds);
			assert_eq!(fall.paid, ranks(paid), "of {proceeds}");
			assert_eq!(fall.surplus, surplus, "of {proceeds}");
		}
	}

	#[test]
	fn distribute_should_name_what_each_rank_lacks() {
		let fall = OWED.distribute(700);
		assert_eq!(fall.unpaid, ranks([0, 105, 40, 3, 200, 20]));
		assert_eq!(OWED.distribute(1_068).unpaid, Ranks::default());
	}

	#[test]
	fn distribute_should_be_exact_when_amounts_are_at_their_limits() {
		let all = ranks([u128::MAX; 6]);
		assert_eq!(all.distribute(u128::MAX).paid, ranks([u128::MAX, 0, 0, 0, 0, 0]));
		assert_eq!(Ranks::default().distribute(u128::MAX).surplus, u128::MAX);
	}

	#[test]
	fn total_should_overflow_when_the_ranks_do() {
		assert_eq!(OWED.total(), Ok(1_068));
		assert_eq!(ranks([u128::MAX, 0, 0, 0, 0, 0]).total(), Ok(u128::MAX));
		assert_eq!(ranks([u128::MAX, 0, 0, 0, 0, 1]).total(), Err(MathError::Overflow));
	}
}
