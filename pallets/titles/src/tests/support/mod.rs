// SPDX-License-Identifier: Apache-2.0

//! Stand-ins and scenarios of the tests, exported by the mock.

pub mod accounts;
pub mod books;
pub mod genesis;
pub mod governance;
pub mod machines;
pub mod stand_ins;
