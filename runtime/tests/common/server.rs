// SPDX-License-Identifier: Apache-2.0

//! The title of most tests: a server of eight units, its line, its appraisals, its losses, and the
//! parties that come later.

use super::{lines::*, *};
use caliber_primitives::{credit::LineTerms, titles::Surety, LineId};
use pallet_caliber_credit::Call as CreditCall;
use pallet_caliber_governance::Change;
use pallet_caliber_titles::{Call as TitlesCall, CustodianInfo, PartyInfo, ServiceProviderInfo};

/// The server's title.
pub const TITLE: TitleId = 0;
/// Eight units at 23 500 dollars, of which a used one keeps 72 %.
pub const VALUE: Balance = 135_360 * USD;
/// 65 % of it.
pub const FORCED_SALE: Balance = 87_984 * USD;
/// Four of the eight units.
pub const HALF: Balance = 67_680 * USD;

/// Opens a revolving line of 100 000 dollars at 70 % and a coverage of 1.1 on the server, which is
/// insured for `limit` by an insurer with money.
pub fn opened(limit: Balance) -> LineId {
	fund(10_000);
	buy_usdai(&insurer(), 200_000);
	let title = insured_server(&borrower(), 1, limit);
	open_line_on(LineTerms { limit: 100_000 * USD, revolving: true, ..terms() }, title)
}

/// Opens such a line on a server that is insured for a million, and draws 74 000 dollars.
pub fn drawn() -> LineId {
	let line = opened(1_000_000 * USD);
	submit_ok(&borrower(), draw(line, 74_000));
	line
}

pub fn draw(line: LineId, dollars: Balance) -> CreditCall<Runtime> {
	CreditCall::draw { line, amount: dollars * USD }
}

/// An appraisal of the server that is valid for sixty days.
pub fn appraise(value: Balance) -> TitlesCall<Runtime> {
	TitlesCall::file_appraisal {
		title: TITLE,
		value,
		document: H256::zero(),
		valid_until: now() + 60 * DAY,
	}
}

/// Sets the clock. The custodian renews custody and the operators report the usual prices.
pub fn pass_to(time: u64) {
	set_time(time);
	submit_ok(&custodian(), TitlesCall::heartbeat { titles: vec![TITLE].try_into().unwrap() });
	feed_usual_prices();
}

/// Reports the first of the units that are left as lost.
pub fn lose(count: usize) {
	let devices = machines_of(TITLE)[..count].to_vec().try_into().unwrap();
	submit_ok(&custodian(), TitlesCall::report_loss { title: TITLE, devices });
}

/// Has a referendum enacted.
pub fn referendum_decides(call: impl Into<RuntimeCall>) {
	assert_ok!(call.into().dispatch(RuntimeOrigin::root()));
}

/// Has a referendum set governed values.
pub fn referendum_sets(changes: Vec<Change>) {
	let changes = changes.try_into().unwrap();
	referendum_decides(pallet_caliber_governance::Call::set { changes });
}

fn registered(info: PartyInfo) -> AccountId {
	let who = account(Keyring::Alice);
	referendum_decides(TitlesCall::register_party { account: who.clone(), info });
	who
}

/// Registers a second appraiser.
pub fn other_appraiser() -> AccountId {
	let name = b"Katla Valuers".to_vec().try_into().unwrap();
	registered(PartyInfo::Appraiser(ServiceProviderInfo { name, jurisdiction: *b"IS" }))
}

/// Registers a second custodian with the least bond.
pub fn other_custodian() -> AccountId {
	let who = registered(PartyInfo::Custodian(CustodianInfo {
		facility: b"Boden 4".to_vec().try_into().unwrap(),
		tier: 4,
		jurisdiction: *b"SE",
	}));
	buy_usdai(&who, 30_000);
	let surety = Surety::CustodianBond;
	submit_ok(&who, TitlesCall::post_bond { surety, amount: 25_000 * USD });
	who
}

/// Has the custody of the server move to another custodian, with the curator's consent.
pub fn hand_on(to: &AccountId) {
	let title = TITLE;
	submit_ok(&custodian(), TitlesCall::transfer_custody { title, to: to.clone() });
	submit_ok(&curator(), TitlesCall::consent_custody { title, to: to.clone() });
	submit_ok(to, TitlesCall::accept_custody { title });
}
