// SPDX-License-Identifier: Apache-2.0

//! Tests of the genesis.

use super::mock::*;
use crate::{Change, GenesisConfig, RuleVersions};
use caliber_primitives::governance::values::{AppraisalValue, RuleValue, VaultValue};
use polkadot_sdk::sp_runtime::{BuildStorage, Perbill};

#[test]
fn genesis_should_set_values_at_once() {
	let fee = Change::Vault(VaultValue::YieldFee(Perbill::from_percent(20)));
	let relistings = Change::Rules(RuleValue::MaxRelistings(1));
	check(chain(7, vec![fee, relistings]), || {
		assert_eq!(Governance::tempo(), 7);
		assert_eq!(vault().yield_fee, Perbill::from_percent(20));
		assert_eq!(RuleVersions::<Test>::get(0).unwrap().max_relistings, 1);
	});
}

#[test]
#[should_panic(expected = "is outside its hard range")]
fn genesis_should_refuse_a_value_outside_its_range() {
	let changes = vec![Change::Appraisal(AppraisalValue::MaxAge(1))];
	let genesis = GenesisConfig::<Test> { changes, ..Default::default() };
	let _ = genesis.build_storage();
}

#[test]
#[should_panic(expected = "the tempo of a chain is at least 1")]
fn genesis_should_refuse_a_tempo_of_zero() {
	let genesis = GenesisConfig::<Test> { tempo: 0, ..Default::default() };
	let _ = genesis.build_storage();
}
