// SPDX-License-Identifier: Apache-2.0

//! Lengths of time, in seconds.

/// Seconds in an hour.
pub const SECONDS_PER_HOUR: u64 = 3_600;

/// Seconds in a day: unix time has no leap seconds.
pub const SECONDS_PER_DAY: u64 = 86_400;

/// Seconds in the year of an annual rate: 365 days, whatever the calendar says.
pub const SECONDS_PER_YEAR: u64 = 31_536_000;
