// SPDX-License-Identifier: Apache-2.0

//! State in which a test begins.

use crate::{
	self as pallet_caliber_titles,
	tests::mock::{Titles, *},
};
use caliber_primitives::{titles::Surety, traits::PostSurety, USDAI};
use caliber_testkit::{self as testkit, Asset, Ground};
use polkadot_sdk::{frame_support::assert_ok, sp_io::TestExternalities};

pub struct ExtBuilder {
	custodians: Vec<(AccountId, Vec<u8>, u8, [u8; 2])>,
	verifiers: Vec<AccountId>,
	insurers: Vec<(AccountId, Vec<u8>, [u8; 2], u128)>,
	appraisers: Vec<(AccountId, Vec<u8>, [u8; 2])>,
	off_takers: Vec<(AccountId, Vec<u8>, [u8; 2])>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			custodians: vec![
				(CUSTODIAN, b"Reykjavik 1".to_vec(), 3, *b"IS"),
				(RIVAL, b"Boden 4".to_vec(), 4, *b"SE"),
			],
			verifiers: vec![VERIFIER],
			insurers: vec![
				(INSURER, b"Hekla Mutual".to_vec(), *b"IS", CAPACITY),
				(SECOND_INSURER, b"Trondheim Re".to_vec(), *b"NO", CAPACITY),
			],
			appraisers: vec![(APPRAISER, b"Geysir Valuers".to_vec(), *b"IS")],
			off_takers: vec![(PAYER, b"Askja Compute".to_vec(), *b"IS")],
		}
	}
}

impl ExtBuilder {
	pub fn custodians(mut self, custodians: Vec<(AccountId, Vec<u8>, u8, [u8; 2])>) -> Self {
		self.custodians = custodians;
		self
	}

	pub fn verifiers(mut self, verifiers: Vec<AccountId>) -> Self {
		self.verifiers = verifiers;
		self
	}

	pub fn insurers(mut self, insurers: Vec<(AccountId, Vec<u8>, [u8; 2], u128)>) -> Self {
		self.insurers = insurers;
		self
	}

	pub fn appraisers(mut self, appraisers: Vec<(AccountId, Vec<u8>, [u8; 2])>) -> Self {
		self.appraisers = appraisers;
		self
	}

	/// What the registered parties post.
	fn sureties(&self) -> Vec<(Surety, AccountId, u128)> {
		let custodians = self.custodians.iter().map(|(who, ..)| who);
		let insurers = self.insurers.iter().map(|(who, ..)| who);
		let bonds = custodians.map(|who| (Surety::CustodianBond, who.clone(), BOND));
		let others = self.verifiers.iter();
		bonds
			.chain(others.map(|who| (Surety::VerifierBond, who.clone(), VERIFIER_BOND)))
			.chain(insurers.map(|who| (Surety::InsurerCapital, who.clone(), CAPITAL)))
			.collect()
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
			CURATOR,
		];
		// Beside what it posts, who posts a bond or capital has as much as others.
		let payers = [PAYER, OWNER, BUYER];
		let sureties = self.sureties();
		let ground = Ground::new(STRANGER, &[Asset::USDAI]);
		let ground = ground.clbr(accounts, ENDOWMENT).funds(USDAI, payers, USDAI_ENDOWMENT);
		let parties = [
			(CUSTODIAN, BOND),
			(RIVAL, BOND),
			(VERIFIER, VERIFIER_BOND),
			(INSURER, CAPITAL),
			(SECOND_INSURER, CAPITAL),
		];
		let ground = parties.into_iter().fold(ground, |ground, (who, posted)| {
			ground.funds(USDAI, [who], USDAI_ENDOWMENT + posted)
		});
		let genesis = RuntimeGenesisConfig {
			balances: ground.balances(),
			assets: ground.assets(),
			titles: pallet_caliber_titles::GenesisConfig {
				custodians: self.custodians,
				verifiers: self.verifiers,
				insurers: self.insurers,
				appraisers: self.appraisers,
				off_takers: self.off_takers,
			},
			..Default::default()
		};
		govern();
		testkit::externalities::<Test>(genesis, || {
			set_time(START);
			for (surety, who, amount) in sureties {
				assert_ok!(<Titles as PostSurety<AccountId>>::post(surety, &who, amount));
			}
			System::reset_events();
		})
	}

	/// Run a test, then check every invariant.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		testkit::execute(self.build(), test, Titles::do_try_state);
	}
}
