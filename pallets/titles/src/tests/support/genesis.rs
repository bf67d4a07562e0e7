// SPDX-License-Identifier: Apache-2.0

//! State in which a test begins.

use crate::{
	self as pallet_caliber_titles,
	tests::mock::{Titles, *},
};
use caliber_primitives::USDAI;
use caliber_testkit::{self as testkit, Asset, Ground};
use polkadot_sdk::sp_io::TestExternalities;

pub struct ExtBuilder {
	custodians: Vec<(AccountId, Vec<u8>, u8, [u8; 2], u128)>,
	verifiers: Vec<AccountId>,
	insurers: Vec<(AccountId, Vec<u8>, [u8; 2])>,
	appraisers: Vec<(AccountId, Vec<u8>, [u8; 2])>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			custodians: vec![
				(CUSTODIAN, b"Reykjavik 1".to_vec(), 3, *b"IS", BOND),
				(RIVAL, b"Boden 4".to_vec(), 4, *b"SE", BOND),
			],
			verifiers: vec![VERIFIER],
			insurers: vec![
				(INSURER, b"Hekla Mutual".to_vec(), *b"IS"),
				(SECOND_INSURER, b"Trondheim Re".to_vec(), *b"NO"),
			],
			appraisers: vec![(APPRAISER, b"Geysir Valuers".to_vec(), *b"IS")],
		}
	}
}

impl ExtBuilder {
	pub fn custodians(mut self, custodians: Vec<(AccountId, Vec<u8>, u8, [u8; 2], u128)>) -> Self {
		self.custodians = custodians;
		self
	}

	pub fn verifiers(mut self, verifiers: Vec<AccountId>) -> Self {
		self.verifiers = verifiers;
		self
	}

	pub fn insurers(mut self, insurers: Vec<(AccountId, Vec<u8>, [u8; 2])>) -> Self {
		self.insurers = insurers;
		self
	}

	pub fn appraisers(mut self, appraisers: Vec<(AccountId, Vec<u8>, [u8; 2])>) -> Self {
		self.appraisers = appraisers;
		self
	}

	pub fn build(self) -> TestExternalities {
		let accounts = [
			CUSTODIAN,
			RIVAL,
			VERIFIER,
			OWNER,
			BUYER,
			PAYER,
			STRANGER,
			INSURER,
			SECOND_INSURER,
			APPRAISER,
		];
		let payers = [PAYER, OWNER, INSURER, SECOND_INSURER];
		let ground = Ground::new(STRANGER, &[Asset::USDAI]);
		let ground = ground.clbr(accounts, ENDOWMENT).funds(USDAI, payers, USDAI_ENDOWMENT);
		let genesis = RuntimeGenesisConfig {
			balances: ground.balances(),
			assets: ground.assets(),
			titles: pallet_caliber_titles::GenesisConfig {
				custodians: self.custodians,
				verifiers: self.verifiers,
				insurers: self.insurers,
				appraisers: self.appraisers,
			},
			..Default::default()
		};
		govern();
		testkit::externalities::<Test>(genesis, || set_time(START))
	}

	/// Run a test, then check every invariant.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		testkit::execute(self.build(), test, Titles::do_try_state);
	}
}
