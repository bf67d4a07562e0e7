// SPDX-License-Identifier: Apache-2.0

//! Caliber among other chains. Each test has its own network, from genesis.

#![recursion_limit = "512"]
#![allow(missing_docs)]

mod common;
mod network;
mod parachain;
mod relay;

mod apis;
mod denied;
mod incoming;
mod local;
mod stablecoins;
