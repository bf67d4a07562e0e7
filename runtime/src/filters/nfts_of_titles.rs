// SPDX-License-Identifier: Apache-2.0

//! Rule on the NFTs of titles: what their owner may not do with them by the calls of `pallet-nfts`.

use crate::{RuntimeCall, Titles};
use polkadot_sdk::{frame_support::traits::Contains, pallet_nfts::Call as Nfts};

/// Calls that leave the NFTs of titles sound. Closed for the collection of the titles are
///
/// - `burn`: the redemption of a title burns its NFT and releases its devices,
/// - what offers a locked title: `set_price` with a price, `approve_transfer`, `create_swap`. Nobody
///   could take it, and markets would list it all the same. To take an offer back stays open, and
///   whoever wants a title may say so,
/// - what writes attributes: `set_attribute`, `set_attributes_pre_signed`,
///   `approve_item_attributes`. A seller could else say of its title what is not so, and the buyer
///   would inherit it. To clear attributes stays open.
pub struct SoundTitleNfts;

impl Contains<RuntimeCall> for SoundTitleNfts {
	fn contains(call: &RuntimeCall) -> bool {
		let RuntimeCall::Nfts(call) = call else { return true };
		match call {
			Nfts::burn { collection, .. }
			| Nfts::set_attribute { collection, .. }
			| Nfts::approve_item_attributes { collection, .. } => !is_of_titles(*collection),
			Nfts::set_attributes_pre_signed { data, .. } => !is_of_titles(data.collection),
			Nfts::set_price { collection, item, price: Some(_), .. }
			| Nfts::approve_transfer { collection, item, .. }
			| Nfts::create_swap { offered_collection: collection, offered_item: item, .. } => {
				!(is_of_titles(*collection) && Titles::is_locked(*item))
			}
			_ => true,
		}
	}
}

/// Returns true for the collection of the titles.
fn is_of_titles(collection: u32) -> bool {
	Titles::collection() == Some(collection)
}
