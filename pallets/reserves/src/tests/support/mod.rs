// SPDX-License-Identifier: Apache-2.0

//! Stand-ins and scenarios of the tests, exported by the mock.

pub mod bills;
pub mod books;
pub mod dealer;
pub mod genesis;
pub mod peg;
pub mod pools;
pub mod sureties;
pub mod vault;
