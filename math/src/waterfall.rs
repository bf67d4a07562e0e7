// SPDX-License-Identifier: Apache-2.0

//! Distribution of the proceeds of a liquidation down a waterfall: each rank is paid in full before
//! the next receives anything, and the surplus is the borrower's.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

use crate::MathError;

/// Amounts of the ranks of a liquidation, first rank first, at 18 decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Ranks {
	/// Cost of the sale: a share of the price, so that the price alone pays it.
	pub sale_cost: u128,
	/// Principal of the senior.
	pub senior_principal: u128,
	/// Interest of the senior.
	pub senior_interest: u128,
	/// Principal of the junior.
	pub junior_principal: u128,
	/// Interest of the junior.
	pub junior_interest: u128,
	/// Servicing fees of unpaid payment periods. Fees may be the curator's, whose terms set them, so
	/// that they rank behind every lender.
	pub servicing_fee: u128,
	/// Fee for the liquidation.
	pub liquidation_fee: u128,
}

/// Distribution of the proceeds of a liquidation. Amounts at 18 decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Waterfall {
	/// Amount that each rank receives.
	pub paid: Ranks,
	/// Amount that each rank is owed and does not receive.
	pub unpaid: Ranks,
	/// Amount left after every rank is paid in full; it is the borrower's.
	pub surplus: u128,
}

impl Ranks {
	/// Returns the sum of all ranks.
	///
	/// # Errors
	/// [`MathError::Overflow`] when the sum does not fit `u128`.
	pub fn total(&self) -> Result<u128, MathError> {
		[
			self.senior_principal,
			self.senior_interest,
			self.junior_principal,
			self.junior_interest,
			self.servicing_fee,
			self.liquidation_fee,
		]
		.into_iter()
		.try_fold(self.sale_cost, u128::checked_add)
		.ok_or(MathError::Overflow)
	}

	/// Distributes `proceeds` over the ranks. Exact: the amounts paid and the surplus add up to
	/// `proceeds`, and paid and unpaid to the amount owed, rank by rank.
	pub fn distribute(&self, proceeds: u128) -> Waterfall {
		let mut waterfall = Waterfall { surplus: proceeds, ..Waterfall::default() };
		let Waterfall { paid, unpaid, surplus } = &mut waterfall;
		let mut serve = |owed: u128, paid: &mut u128, unpaid: &mut u128| {
			*paid = owed.min(*surplus);
			// The lesser of two amounts is not more than either of them.
			*unpaid = owed - *paid;
			*surplus -= *paid;
		};
		serve(self.sale_cost, &mut paid.sale_cost, &mut unpaid.sale_cost);
		serve(self.senior_principal, &mut paid.senior_principal, &mut unpaid.senior_principal);
		serve(self.senior_interest, &mut paid.senior_interest, &mut unpaid.senior_interest);
		serve(self.junior_principal, &mut paid.junior_principal, &mut unpaid.junior_principal);
		serve(self.junior_interest, &mut paid.junior_interest, &mut unpaid.junior_interest);
		serve(self.servicing_fee, &mut paid.servicing_fee, &mut unpaid.servicing_fee);
		serve(self.liquidation_fee, &mut paid.liquidation_fee, &mut unpaid.liquidation_fee);
		waterfall
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// 5 for the sale, 800 and 40 to the senior, 200 and 20 to the junior, 3 and 7 of fees: 1 075 in
	/// all.
	const OWED: Ranks = Ranks {
		sale_cost: 5,
		senior_principal: 800,
		senior_interest: 40,
		junior_principal: 200,
		junior_interest: 20,
		servicing_fee: 3,
		liquidation_fee: 7,
	};

	fn ranks(owed: [u128; 7]) -> Ranks {
		Ranks {
			sale_cost: owed[0],
			senior_principal: owed[1],
			senior_interest: owed[2],
			junior_principal: owed[3],
			junior_interest: owed[4],
			servicing_fee: owed[5],
			liquidation_fee: owed[6],
		}
	}

	#[test]
	fn distribute_should_pay_each_rank_in_full_before_the_next() {
		for (proceeds, paid, surplus) in [
			(0, [0, 0, 0, 0, 0, 0, 0], 0),
			(4, [4, 0, 0, 0, 0, 0, 0], 0),
			(5, [5, 0, 0, 0, 0, 0, 0], 0),
			(6, [5, 1, 0, 0, 0, 0, 0], 0),
			(805, [5, 800, 0, 0, 0, 0, 0], 0),
			(806, [5, 800, 1, 0, 0, 0, 0], 0),
			(845, [5, 800, 40, 0, 0, 0, 0], 0),
			(846, [5, 800, 40, 1, 0, 0, 0], 0),
			(1_045, [5, 800, 40, 200, 0, 0, 0], 0),
			(1_046, [5, 800, 40, 200, 1, 0, 0], 0),
			(1_065, [5, 800, 40, 200, 20, 0, 0], 0),
			(1_066, [5, 800, 40, 200, 20, 1, 0], 0),
			(1_068, [5, 800, 40, 200, 20, 3, 0], 0),
			(1_069, [5, 800, 40, 200, 20, 3, 1], 0),
			(1_075, [5, 800, 40, 200, 20, 3, 7], 0),
			(1_076, [5, 800, 40, 200, 20, 3, 7], 1),
			(2_000, [5, 800, 40, 200, 20, 3, 7], 925),
		] {
			let waterfall = OWED.distribute(proceeds);
			assert_eq!(waterfall.paid, ranks(paid), "of {proceeds}");
			assert_eq!(waterfall.surplus, surplus, "of {proceeds}");
		}
	}

	#[test]
	fn distribute_should_name_what_each_rank_lacks() {
		let waterfall = OWED.distribute(700);
		assert_eq!(waterfall.unpaid, ranks([0, 105, 40, 200, 20, 3, 7]));
		assert_eq!(OWED.distribute(1_075).unpaid, Ranks::default());
	}

	#[test]
	fn distribute_should_be_exact_when_amounts_are_at_their_limits() {
		let all = ranks([u128::MAX; 7]);
		assert_eq!(all.distribute(u128::MAX).paid, ranks([u128::MAX, 0, 0, 0, 0, 0, 0]));
		assert_eq!(Ranks::default().distribute(u128::MAX).surplus, u128::MAX);
	}

	#[test]
	fn total_should_overflow_when_the_ranks_do() {
		assert_eq!(OWED.total(), Ok(1_075));
		assert_eq!(ranks([u128::MAX, 0, 0, 0, 0, 0, 0]).total(), Ok(u128::MAX));
		assert_eq!(ranks([u128::MAX, 0, 0, 0, 0, 0, 1]).total(), Err(MathError::Overflow));
	}
}
