// SPDX-License-Identifier: Apache-2.0

//! Stand-ins and scenarios of the tests, exported by the mock.

pub mod bills;
pub mod calls;
pub mod genesis;
pub mod loans;
pub mod peg;
pub mod time;
