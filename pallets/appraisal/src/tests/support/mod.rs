// SPDX-License-Identifier: Apache-2.0

//! Stand-ins and scenarios of the tests, exported by the mock.

pub mod feeds;
pub mod genesis;
pub mod models;
pub mod stand_ins;
