// SPDX-License-Identifier: Apache-2.0

//! Caliber in a network of chains. Each test has its own network, from genesis.

#![recursion_limit = "512"]
#![allow(missing_docs)]

mod common;
mod network;
mod parachain;
mod relay;
mod stand_in;

mod apis;
mod calls;
mod denied;
mod incoming;
mod leaving;
mod local;
mod stablecoins;
mod versions;
