// SPDX-License-Identifier: Apache-2.0

//! The part of the `wasm-opt` 0.116 interface that the SDK's wasm builder calls, without Binaryen.
//!
//! The builder asks for no optimisation, only to strip debug information and to lower the
//! sign-extension instructions. Code for `wasm32v1-none` uses none of those instructions, so a copy
//! without the `.debug*` sections is the same module. See the README beside this crate.

use std::{fmt, fs, io, path::Path};

/// What is asked of a run. Every request that the wasm builder makes is either done here or already
/// true of a `wasm32v1-none` module.
#[derive(Clone, Debug, Default)]
pub struct OptimizationOptions {
	strip_dwarf: bool,
}

/// The passes that the wasm builder names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
	/// Drop the `.debug*` sections.
	StripDwarf,
	/// Replace sign-extension instructions: a `wasm32v1-none` module has none.
	SignextLowering,
}

/// Why a module could not be processed.
#[derive(Debug)]
pub enum OptimizationError {
	/// Reading or writing a file failed.
	Io(io::Error),
	/// The input is not a WebAssembly module, or is cut short.
	Malformed(&'static str),
}

impl fmt::Display for OptimizationError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Io(error) => write!(f, "cannot read or write the module: {error}"),
			Self::Malformed(what) => write!(f, "not a WebAssembly module: {what}"),
		}
	}
}

impl std::error::Error for OptimizationError {}

impl From<io::Error> for OptimizationError {
	fn from(error: io::Error) -> Self {
		Self::Io(error)
	}
}

impl OptimizationOptions {
	/// No optimisation.
	pub fn new_opt_level_0() -> Self {
		Self::default()
	}

	/// Only the first version of WebAssembly: what the target emits.
	pub fn mvp_features_only(&mut self) -> &mut Self {
		self
	}

	/// Keep the names of functions: they are never dropped here.
	pub fn debug_info(&mut self, _keep: bool) -> &mut Self {
		self
	}

	/// Add a pass.
	pub fn add_pass(&mut self, pass: Pass) -> &mut Self {
		self.strip_dwarf |= pass == Pass::StripDwarf;
		self
	}

	/// Read a module from one file and write the result to another, which may be the same.
	pub fn run(
		&self,
		input: impl AsRef<Path>,
		output: impl AsRef<Path>,
	) -> Result<(), OptimizationError> {
		let module = fs::read(input)?;
		let result = if self.strip_dwarf { without_debug_sections(&module)? } else { module };
		Ok(fs::write(output, result)?)
	}
}

const CUSTOM_SECTION: u8 = 0;
const HEADER: [u8; 8] = *b"\0asm\x01\0\0\0";

fn without_debug_sections(module: &[u8]) -> Result<Vec<u8>, OptimizationError> {
	let mut rest = module
		.strip_prefix(&HEADER[..])
		.ok_or(OptimizationError::Malformed("the header is missing"))?;
	let mut kept = Vec::with_capacity(module.len());
	kept.extend_from_slice(&HEADER);
	while let Some((&id, body)) = rest.split_first() {
		let (len, body) = read_u32(body)?;
		let payload = take(body, len)?;
		let section = &rest[..rest.len() - body.len() + payload.len()];
		rest = &rest[section.len()..];
		if id != CUSTOM_SECTION || !custom_name(payload)?.starts_with(b".debug") {
			kept.extend_from_slice(section);
		}
	}
	Ok(kept)
}

fn custom_name(payload: &[u8]) -> Result<&[u8], OptimizationError> {
	let (len, name) = read_u32(payload)?;
	take(name, len)
}

fn take(bytes: &[u8], len: u32) -> Result<&[u8], OptimizationError> {
	bytes
		.get(..len as usize)
		.ok_or(OptimizationError::Malformed("a section is longer than the file"))
}

/// An unsigned LEB128 number of at most 32 bits, and what follows it.
fn read_u32(bytes: &[u8]) -> Result<(u32, &[u8]), OptimizationError> {
	let mut value = 0u64;
	for (i, byte) in bytes.iter().take(5).enumerate() {
		value |= u64::from(byte & 0x7f) << (7 * i);
		if byte & 0x80 == 0 {
			let value = u32::try_from(value)
				.map_err(|_| OptimizationError::Malformed("a length exceeds 32 bits"))?;
			return Ok((value, &bytes[i + 1..]));
		}
	}
	Err(OptimizationError::Malformed("a length is cut short"))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn custom(name: &[u8], data: &[u8]) -> Vec<u8> {
		let mut section = vec![CUSTOM_SECTION, (1 + name.len() + data.len()) as u8];
		section.push(name.len() as u8);
		section.extend_from_slice(name);
		section.extend_from_slice(data);
		section
	}

	#[test]
	fn debug_sections_should_go_and_all_others_stay() {
		let type_section = [1u8, 1, 0];
		let name = custom(b"name", b"xyz");
		let module =
			[&HEADER[..], &type_section, &custom(b".debug_info", &[0x80; 40]), &name].concat();
		let expected = [&HEADER[..], &type_section, &name].concat();
		assert_eq!(without_debug_sections(&module).unwrap(), expected);
	}

	#[test]
	fn a_broken_module_should_be_refused() {
		assert!(without_debug_sections(b"\0asm").is_err());
		assert!(without_debug_sections(&[&HEADER[..], &[1, 5, 0]].concat()).is_err());
		assert!(without_debug_sections(
			&[&HEADER[..], &[1, 0xff, 0xff, 0xff, 0xff, 0xff]].concat()
		)
		.is_err());
	}
}
