// SPDX-License-Identifier: Apache-2.0

//! Steps of savers, swaps at the peg, trades, donations and freezes; and the passing of time.

use super::{
	op::{Kind, Op},
	world::*,
};
use crate::common::{peg::peg_account, *};
use caliber_primitives::{
	reserves::{BillOffer, BillSide},
	vault::IncomeSource,
	Balance, RequestId, SUSDAI, USD, USDAI,
};
use caliber_runtime::{
	accounts::TreasuryAccount,
	assets::{ForeignAssetsInstance, LocalAssetsInstance},
	configs::governance::origins::Origin,
	constants::MAXIMUM_BLOCK_WEIGHT,
	AccountId, Credit, Reserves, Runtime, Vault,
};
use pallet_caliber_vault::{self as vault, Call, RequestOf};
use polkadot_sdk::{
	pallet_assets,
	pallet_assets::AccountStatus,
	pallet_psm,
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_runtime::{FixedU128, MultiAddress, Permill},
};

type AssetsCall = pallet_assets::Call<Runtime, LocalAssetsInstance>;
type ForeignCall = pallet_assets::Call<Runtime, ForeignAssetsInstance>;

fn requests() -> Vec<(RequestId, RequestOf<Runtime>)> {
	vault::Requests::<Runtime>::iter().collect()
}

fn waiting() -> Vec<(RequestId, RequestOf<Runtime>)> {
	requests().into_iter().filter(|(_, request)| request.shares > 0).collect()
}

/// Returns the people whose USDai account is blocked.
fn blocked() -> Vec<AccountId> {
	people()
		.into_iter()
		.filter(|who| {
			pallet_assets::Account::<Runtime, LocalAssetsInstance>::get(USDAI, who)
				.is_some_and(|account| account.status == AccountStatus::Blocked)
		})
		.collect()
}

impl World {
	pub fn vault(&mut self, kind: Kind) -> Option<Op> {
		let who = self.person();
		match kind {
			Kind::Deposit => {
				let assets = self.chance.part(usdai_of(&who), 1, 50);
				let min_shares =
					self.chance.part(Vault::preview_deposit(assets).unwrap_or(0), 90, 100);
				by(&who, Call::deposit { assets, min_shares })
			}
			Kind::MintShares => {
				let shares = self.chance.usd(1, 50_000);
				by(&who, Call::mint { shares, max_assets: shares * 2 })
			}
			Kind::DepositImpaired => {
				let assets = self.chance.part(usdai_of(&who), 1, 50);
				let max_provisions = Balance::MAX;
				by(&who, Call::deposit_impaired { assets, min_shares: 0, max_provisions })
			}
			Kind::PayYield => {
				let source = IncomeSource::ALL[self.chance.next() as usize % 3];
				let amount = self.chance.usd(1, 2_000);
				by(&who, Call::pay_yield { source, amount })
			}
			Kind::RequestRedemption => {
				let shares = match self.chance.percent(5) {
					true => susdai_of(&who),
					false => self.chance.part(susdai_of(&who), 1, 25),
				};
				let least_price = self.chance.percent(20).then(|| FixedU128::from_rational(1, 2));
				by(&who, Call::request_redemption { shares, least_price })
			}
			Kind::CancelRequest => {
				let (id, request) = self.chance.pick(&waiting())?;
				by(&request.owner, Call::cancel_request { id })
			}
			Kind::CommitBid => {
				let (id, request) = self.chance.pick(&waiting())?;
				let tick = match self.chance.percent(60) {
					true => self.chance.within(0, 30) as u16,
					false => self.chance.within(0, 1_000) as u16,
				};
				let salt = self.chance.bytes();
				let commitment = H256(blake2_256(&codec::Encode::encode(&(id, tick, salt))));
				let owner = request.owner.clone();
				self.sealed.push(SealedBid { request: id, owner, commitment, tick, salt });
				by(&request.owner, Call::commit_bid { id, commitment })
			}
			Kind::RevealBid => {
				let request = |sealed: &SealedBid| Vault::request(sealed.request);
				self.sealed.retain(|sealed| request(sealed).is_some());
				let window = Vault::window();
				let too_early = self.chance.percent(3);
				let shut: Vec<_> = self
					.sealed
					.iter()
					.filter(|sealed| {
						request(sealed).is_some_and(|request| {
							request.commitment == Some(sealed.commitment)
								&& !request.revealed && request.window >= window.current
								&& (now() >= window.reveal_from || too_early)
						})
					})
					.cloned()
					.collect();
				let SealedBid { request: id, owner, tick, salt, .. } = self.chance.pick(&shut)?;
				let tick = if self.chance.percent(97) { tick } else { tick + 1 };
				by(&owner, Call::reveal_bid { id, tick, salt })
			}
			Kind::Claim => {
				let served: Vec<_> =
					requests().into_iter().filter(|(_, request)| request.claimable > 0).collect();
				let (id, request) = self.chance.pick(&served)?;
				let operators: Vec<_> =
					vault::Operators::<Runtime>::iter_key_prefix(&request.owner).collect();
				let who = self.chance.pick(&operators).unwrap_or_else(|| request.owner.clone());
				let amount = match self.chance.percent(70) {
					true => None,
					false => Some(self.chance.part(request.claimable, 0, 100)),
				};
				by(&who, Call::claim { id, amount })
			}
			Kind::SetOperator => {
				let operator = self.person();
				let approved = !Vault::is_operator(who.clone(), operator.clone());
				by(&who, Call::set_operator { operator, approved })
			}
			// A settlement waits for a round over the lines.
			Kind::StartSettlement if self.chance.percent(40) => {
				by(&keeper(), pallet_caliber_credit::Call::turn_round { max_lines: 30 })
			}
			Kind::StartSettlement => by(&keeper(), Call::start_settlement {}),
			Kind::Settle => {
				if !vault::Settlement::<Runtime>::exists() && self.chance.percent(90) {
					return None;
				}
				// What is served may be claimed before a block pays it out.
				self.follow(&[Kind::Claim, Kind::Claim]);
				let max_requests = self.chance.within(1, 5) as u32;
				by(&keeper(), Call::settle { max_requests })
			}
			Kind::SetWindowLength => {
				let length = self.chance.within(2, 6) * DAY;
				voted(Origin::StableAdmin, Call::set_window_length { length })
			}
			Kind::PauseDeposits => {
				let paused =
					!vault::DepositsPaused::<Runtime>::get().at(now()) && self.chance.percent(20);
				voted(Origin::StableAdmin, Call::set_deposits_paused { paused })
			}
			Kind::RedeemNow => {
				let shares = self.chance.part(susdai_of(&who), 1, 3);
				let min_assets =
					self.chance.part(Vault::preview_redeem(shares).unwrap_or(0), 90, 100);
				by(&who, Call::redeem_now { shares, min_assets })
			}
			Kind::TransferRequest => {
				self.follow(&[Kind::AcceptRequest]);
				let (id, request) = self.chance.pick(&waiting())?;
				let to = self.chance.percent(90).then(|| self.person());
				by(&request.owner, Call::transfer_request { id, to })
			}
			Kind::AcceptRequest => {
				let offer =
					|(id, request): (_, RequestOf<Runtime>)| Some((id, request.offered_to?));
				let offered: Vec<_> = waiting().into_iter().filter_map(offer).collect();
				let (id, to) = self.chance.pick(&offered)?;
				let who = if self.chance.percent(95) { to } else { who };
				by(&who, Call::accept_request { id })
			}
			_ => {
				// Less than a cent is refused where the receiver has none.
				let amount = self.chance.part(susdai_of(&who), 1, 20).max(USD / 100);
				// Some shares go to the account of the vault and stay there.
				let to = if self.chance.percent(5) { Vault::account_id() } else { self.person() };
				let target = MultiAddress::Id(to);
				by(&who, AssetsCall::transfer { id: SUSDAI.into(), target, amount })
			}
		}
	}

	pub fn reserves(&mut self, kind: Kind) -> Option<Op> {
		let who = self.person();
		let coin = self.chance.next();
		let external_asset = self.location_of(coin);
		let internal_asset = usdai();
		match kind {
			Kind::MintUsdAi => {
				let who = if self.chance.percent(20) { trader() } else { who };
				let external_amount = u128::from(self.chance.within(1_000_000, 60_000_000_000));
				let max_fee = Permill::zero();
				by(
					&who,
					pallet_psm::Call::mint {
						internal_asset,
						external_asset,
						external_amount,
						max_fee,
					},
				)
			}
			Kind::RedeemUsdAi => {
				let internal_amount = self.chance.part(usdai_of(&who), 1, 20);
				let max_fee = Permill::from_parts(1_000);
				by(
					&who,
					pallet_psm::Call::redeem {
						internal_asset,
						external_asset,
						internal_amount,
						max_fee,
					},
				)
			}
			Kind::RedeemBasket => {
				let amount = self.chance.part(usdai_of(&who), 1, 20);
				let min_out = self.chance.part(amount, 0, 99);
				by(&who, pallet_caliber_reserves::Call::redeem_basket { amount, min_out })
			}
			// The issuer keeps what the peg holds of its stablecoin from moving, and lets it go.
			Kind::FreezeCoin | Kind::ThawCoin => {
				let team = TreasuryAccount::get();
				let (id, who) = (external_asset, MultiAddress::Id(peg_account()));
				if kind == Kind::ThawCoin {
					return by(&team, ForeignCall::thaw { id, who });
				}
				self.follow(&[
					Kind::ClaimBasket,
					Kind::ThawCoin,
					Kind::RedeemBasket,
					Kind::RedeemBasket,
				]);
				by(&team, ForeignCall::freeze { id, who })
			}
			Kind::ClaimBasket => {
				let claims: Vec<_> =
					pallet_caliber_reserves::Claims::<Runtime>::iter_keys().collect();
				let (asset, who) = self.chance.pick(&claims)?;
				by(&keeper(), pallet_caliber_reserves::Call::claim_basket { asset, who })
			}
			Kind::StopMinting => {
				let stopped = self.chance.percent(20);
				let asset = external_asset;
				voted(
					Origin::StableAdmin,
					pallet_caliber_reserves::Call::set_minting_stopped { asset, stopped },
				)
			}
			Kind::FillOffer => {
				let offer = self.chance.pick(&Reserves::offers())?;
				let BillOffer { side, oracle_price, min_fill, .. } = offer;
				let amount = self.chance.part(offer.amount, 1, 110).max(min_fill);
				// Some fill only at the oracle's price or better.
				let limit = match (side, self.chance.percent(80)) {
					(_, false) => oracle_price,
					(BillSide::Buys, true) => 0,
					(BillSide::Sells, true) => Balance::MAX,
				};
				let fill = pallet_caliber_reserves::Call::fill_offer { side, amount, limit };
				by(&trader(), fill)
			}
			Kind::Donate => {
				let amount = self.chance.usd(1, 500);
				let to = [
					Vault::account_id(),
					Credit::account_id(),
					Reserves::account_id(),
					TreasuryAccount::get(),
				];
				let target = MultiAddress::Id(self.chance.one(&to));
				by(&who, AssetsCall::transfer { id: USDAI.into(), target, amount })
			}
			Kind::Freeze | Kind::Thaw => {
				let frozen: Vec<_> =
					pallet_caliber_reserves::Frozen::<Runtime>::iter_keys().collect();
				let reason = H256(self.chance.bytes());
				let admin = Origin::StableAdmin;
				if kind == Kind::Thaw {
					let who = self.chance.pick(&frozen)?;
					return voted(admin, pallet_caliber_reserves::Call::thaw { who, reason });
				}
				if blocked().contains(&who) {
					return None;
				}
				voted(admin, pallet_caliber_reserves::Call::freeze { who, reason })
			}
			Kind::Block | Kind::Unblock => {
				// The team of the asset may block accounts, which reserves never do.
				let id = USDAI.into();
				let team = TreasuryAccount::get();
				if kind == Kind::Unblock {
					let who = MultiAddress::Id(self.chance.pick(&blocked())?);
					return by(&team, AssetsCall::thaw { id, who });
				}
				if pallet_caliber_reserves::Frozen::<Runtime>::contains_key(&who) {
					return None;
				}
				by(&team, AssetsCall::block { id, who: MultiAddress::Id(who) })
			}
			_ => {
				voted(Origin::StableAdmin, pallet_caliber_reserves::Call::reset_mint_rate_limit {})
			}
		}
	}

	/// Returns a passing of time: from seconds to months, or to a relevant moment.
	pub fn pass(&mut self) -> Op {
		let moment = match self.chance.within(0, 20) {
			0..=3 => {
				self.follow(&[Kind::RevealBid, Kind::RevealBid, Kind::RevealBid]);
				Some(Vault::window().reveal_from)
			}
			4..=6 => Some(Vault::window().closes_at),
			7..=9 => self.of_a_loan(),
			10..=12 => {
				self.follow(&[
					Kind::CreditBid,
					Kind::ResolveLot,
					Kind::Bid,
					Kind::SettleAuction,
					Kind::WithdrawBid,
				]);
				self.of_an_auction()
			}
			13 => self.of_a_breach(),
			_ => None,
		};
		let seconds = match moment.and_then(|moment| moment.checked_sub(now())) {
			Some(seconds) => (seconds + self.chance.within(0, 2)).max(1),
			None => match self.chance.within(0, 199) {
				0..=59 => self.chance.within(1, 600),
				60..=129 => self.chance.within(600, 6 * 3_600),
				130..=197 => self.chance.within(6 * 3_600, 3 * DAY),
				_ => self.chance.within(5 * DAY, 70 * DAY),
			},
		};
		Op::Pass { seconds }
	}

	/// Returns the next due date or the time of default of a loan.
	fn of_a_loan(&mut self) -> Option<u64> {
		let loan = Credit::loan(self.chance.pick(&super::credit::loans())?)?;
		Some(if self.chance.percent(70) { loan.next_due_at } else { loan.default_at })
	}

	/// Returns the end of an auction, or that of the offer on a lot that nobody bought.
	fn of_an_auction(&mut self) -> Option<u64> {
		let lots: Vec<_> = pallet_caliber_credit::Auctions::<Runtime>::iter().collect();
		let (line_id, lot) = self.chance.pick(&lots)?;
		match lot.bound_until(now()) {
			Some(until) if until > now() => Some(until),
			_ => Some(Credit::auction(line_id)?.ends_at),
		}
	}

	/// Returns the end of the cure period of a line in breach.
	fn of_a_breach(&mut self) -> Option<u64> {
		let breaches: Vec<_> = pallet_caliber_credit::Lines::<Runtime>::iter_values()
			.filter_map(|line| line.breach)
			.collect();
		Some(self.chance.pick(&breaches)?.cure_until)
	}

	/// Returns the next step of this kind, or `None` if the state does not allow one.
	pub fn step(&mut self, kind: Kind) -> Option<Op> {
		match kind {
			Kind::Pass => Some(self.pass()),
			Kind::Oracle => Some(self.oracle()),
			Kind::Idle => {
				let hundredths = self.chance.one(&[0, 1, 1, 2, 5, 50]);
				Some(Op::Idle { left: MAXIMUM_BLOCK_WEIGHT / 100 * hundredths })
			}
			_ if kind <= Kind::SetModelStatus => self.titles(kind),
			_ if kind <= Kind::SetCuratorCapacity => self.credit(kind),
			_ if kind <= Kind::SendShares => self.vault(kind),
			_ => self.reserves(kind),
		}
	}
}

/// Returns the balance and the holds of `who`, in USDai.
pub fn usdai_with_holds(who: &AccountId) -> Balance {
	use caliber_runtime::assets::UsdAiHold;
	use polkadot_sdk::frame_support::traits::fungible::InspectHold;
	usdai_of(who) + UsdAiHold::total_balance_on_hold(who)
}

/// Returns the sum of the balances and holds of all accounts with USDai.
pub fn usdai_held() -> Balance {
	type Account = pallet_assets::Account<Runtime, LocalAssetsInstance>;
	let mut holders: std::collections::BTreeSet<AccountId> =
		Account::iter_key_prefix(USDAI).collect();
	holders.extend(polkadot_sdk::sp_keyring::Sr25519Keyring::iter().map(account));
	holders.iter().map(usdai_with_holds).sum()
}
