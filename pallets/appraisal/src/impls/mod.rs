// SPDX-License-Identifier: Apache-2.0

//! The bodies of the calls and of the traits that others ask for.

mod assets;
mod combine;
mod feeds;
mod models;
mod policy;
mod reading;
mod valuation;

#[cfg(feature = "runtime-benchmarks")]
mod benchmark_helpers;
