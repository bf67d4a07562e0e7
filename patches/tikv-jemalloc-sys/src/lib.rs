// SPDX-License-Identifier: Apache-2.0

//! The part of the `tikv-jemalloc-sys` 0.6 interface that `tikv-jemalloc-ctl` calls, without jemalloc.
//!
//! Every call answers that the name is not known. See the README beside this crate.

#![no_std]

use core::ffi::{c_char, c_int, c_void};

/// The error of jemalloc for a name that it does not know.
const ENOENT: c_int = 2;

/// Reads or writes a value by its name.
///
/// # Safety
///
/// Uses none of its arguments.
pub unsafe fn mallctl(
	_name: *const c_char,
	_oldp: *mut c_void,
	_oldlenp: *mut usize,
	_newp: *mut c_void,
	_newlen: usize,
) -> c_int {
	ENOENT
}

/// Translates a name to the identifier that [`mallctlbymib`] takes.
///
/// # Safety
///
/// Uses none of its arguments.
pub unsafe fn mallctlnametomib(
	_name: *const c_char,
	_mibp: *mut usize,
	_miblenp: *mut usize,
) -> c_int {
	ENOENT
}

/// Reads or writes a value by its identifier.
///
/// # Safety
///
/// Uses none of its arguments.
pub unsafe fn mallctlbymib(
	_mib: *const usize,
	_miblen: usize,
	_oldp: *mut c_void,
	_oldlenp: *mut usize,
	_newp: *mut c_void,
	_newlen: usize,
) -> c_int {
	ENOENT
}

/// Prints all statistics: there are none.
///
/// # Safety
///
/// Uses none of its arguments.
pub unsafe fn malloc_stats_print(
	_write_cb: Option<unsafe extern "C" fn(*mut c_void, *const c_char)>,
	_cbopaque: *mut c_void,
	_opts: *const c_char,
) {
}

#[cfg(test)]
mod tests {
	use super::*;
	use core::ptr::{null, null_mut};

	#[test]
	fn every_call_should_be_an_error() {
		let name = c"stats.allocated".as_ptr();
		unsafe {
			assert_ne!(mallctl(name, null_mut(), null_mut(), null_mut(), 0), 0);
			assert_ne!(mallctlnametomib(name, null_mut(), null_mut()), 0);
			assert_ne!(mallctlbymib(null(), 0, null_mut(), null_mut(), null_mut(), 0), 0);
		}
	}
}
