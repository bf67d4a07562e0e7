// SPDX-License-Identifier: Apache-2.0

//! Versions of messages: subscriptions and their answers.

use crate::{common::*, parachain, relay};
use polkadot_sdk::{
	frame_system, pallet_xcm,
	staging_xcm::{GetVersion, VersionedLocation},
	staging_xcm_executor::traits::VersionChangeNotifier,
};

/// Returns true if a chain is subscribed to Caliber's version.
fn is_told(chain: &Location) -> bool {
	Caliber::ext_wrapper(|| caliber_runtime::PolkadotXcm::is_subscribed(chain))
}

/// Asserts that every message was executed completely. Their number varies, because Caliber also
/// queries versions and receives answers.
#[track_caller]
fn assert_all_done() {
	let Outcome { done, .. } = outcome();
	assert!(done > 0);
	assert_eq!(outcome(), Outcome { done, ..Default::default() });
}

/// Returns the location of Caliber.
fn caliber() -> Box<VersionedLocation> {
	Box::new(para(CALIBER).into())
}

#[test]
fn parachains_should_subscribe_and_be_answered() {
	start();
	macro_rules! try_with {
		($chain:ident, $id:expr) => {
			let root = parachain::RuntimeOrigin::root;
			assert!(!is_told(&para($id)));
			$chain::execute_with(|| {
				assert_ok!(parachain::PolkadotXcm::force_subscribe_version_notify(
					root(),
					caliber()
				));
			});
			assert_all_done();
			assert!(is_told(&para($id)));
			empty_block!(Caliber);
			let answer =
				parachain::RuntimeEvent::from(pallet_xcm::Event::SupportedVersionChanged {
					location: para(CALIBER),
					version: XCM_VERSION,
				});
			let events = $chain::ext_wrapper(parachain::System::events);
			assert!(events.iter().any(|record| record.event == answer), "{events:?}");

			$chain::execute_with(|| {
				assert_ok!(parachain::PolkadotXcm::force_unsubscribe_version_notify(
					root(),
					caliber()
				));
			});
			assert_all_done();
			assert!(!is_told(&para($id)));
			empty_block!(Caliber);
		};
	}
	try_with!(AssetHub, ASSET_HUB);
	try_with!(Sibling, SIBLING);
}

#[test]
fn relay_chain_should_subscribe_and_be_answered() {
	start();
	Relay::execute_with(|| {
		assert_ok!(relay::XcmPallet::force_subscribe_version_notify(
			relay::RuntimeOrigin::root(),
			Box::new(Location::new(0, [Parachain(CALIBER)]).into()),
		));
	});
	assert_done();
	assert!(is_told(&Location::parent()));
	empty_block!(Caliber);
	assert_eq!(
		Relay::ext_wrapper(|| relay::XcmPallet::get_version_for(&Parachain(CALIBER).into())),
		Some(XCM_VERSION)
	);
}

#[test]
fn accounts_on_other_chains_should_not_subscribe() {
	start();
	let subscribe = SubscribeVersion { query_id: 1, max_response_weight: Default::default() };
	let body = Plurality { id: BodyId::Unit, part: BodyPart::Voice };
	for interior in [to(&newcomer()).interior().clone(), Junctions::from([body])] {
		message_from!(Sibling, Xcm(vec![DescendOrigin(interior.clone()), subscribe.clone()]));
		assert_eq!(outcome(), Outcome { barred: 1, ..Default::default() });
		empty_block!(Caliber);
		message_from_relay(Xcm(vec![DescendOrigin(interior), subscribe.clone()]));
		assert_eq!(outcome(), Outcome { barred: 1, ..Default::default() });
		empty_block!(Caliber);
	}
	assert!(!is_told(&para(SIBLING)) && !is_told(&Location::parent()));
}

#[test]
fn caliber_should_ask_whom_it_writes_to_for_the_first_time() {
	start();
	let version =
		|| Caliber::ext_wrapper(|| caliber_runtime::PolkadotXcm::get_version_for(&para(ASSET_HUB)));
	assert_eq!(version(), None);
	let bob = account(Keyring::Bob);
	submit_ok(&bob, transfer_call(para(ASSET_HUB), &newcomer(), (usdc(), 1_000_000_000u128), 0));
	// The next block sends the query.
	empty_block!(Caliber);
	empty_block!(AssetHub);
	assert_eq!(version(), Some(XCM_VERSION));
	let asked = AssetHub::ext_wrapper(|| parachain::PolkadotXcm::is_subscribed(&para(CALIBER)));
	assert!(asked);
	// Root may query a version at any time.
	Caliber::execute_with(|| {
		assert_ok!(caliber_runtime::PolkadotXcm::force_subscribe_version_notify(
			frame_system::RawOrigin::Root.into(),
			Box::new(Location::parent().into()),
		));
	});
}
