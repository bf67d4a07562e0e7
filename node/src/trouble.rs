// SPDX-License-Identifier: Apache-2.0

//! What an operator is told when the node cannot go on: the error as the SDK words it, and below it
//! what to do.

use crate::place::Place;
use polkadot_sdk::sc_cli;
use std::{error::Error, panic, thread, time::Duration};

/// The log is written by another thread, this often. What is said last should stand last.
const LOG_FLUSH: Duration = Duration::from_millis(150);

/// A cause that is known: how it shows in an error, and what helps.
struct Cause {
	/// Any of these.
	signs: &'static [&'static str],
	advice: fn(&Place) -> String,
}

/// The first one that fits counts.
const CAUSES: &[Cause] = &[
	Cause { signs: &["Database file is in use"], advice: database_in_use },
	Cause {
		signs: &[
			"No space left on device",
			"Disk quota exceeded",
			"Quota exceeded",
			"StorageOutOfSpace",
		],
		advice: disk_full,
	},
	Cause { signs: &["File too large"], advice: files_limited },
	Cause {
		signs: &[
			"Permission denied",
			"Read-only file system",
			"Not a directory",
			// Whatever else keeps the trial of `room` from writing.
			"cannot be written",
		],
		advice: not_writable,
	},
	Cause { signs: &["NetworkKeyNotFound"], advice: no_node_key },
	Cause { signs: &["only supported with `"], advice: no_relay_chain },
	Cause { signs: &["Application(Sub(Client("], advice: relay_database_damaged },
	Cause {
		signs: &[
			"Service(Client(",
			"Critical database error",
			"Corruption",
			"Bad metadata",
			"Invalid data in value table",
			"UnknownBlock(",
			"StateDatabase(",
			// The place of a panic.
			"/parity-db-",
		],
		advice: database_damaged,
	},
];

fn database_in_use(place: &Place) -> String {
	format!(
		"Another node runs on the data in {}. Stop that one, or give this one a `--base-path` of its \
		 own.",
		place.data.display()
	)
}

fn disk_full(place: &Place) -> String {
	let free = match crate::room::free(&place.data) {
		Some(bytes) => format!(": {} MiB are free on that disk", bytes / 1024 / 1024),
		None => String::new(),
	};
	let wanted = match place.threshold {
		0 => String::new(),
		mebibytes => format!(", {mebibytes} MiB have to be (`--db-storage-threshold`)"),
	};
	format!(
		"There is too little room for {}{free}{wanted}. Free space, or have the quota raised, and start \
		 again; nothing is lost: the node goes on from its last block.",
		place.data.display()
	)
}

fn files_limited(place: &Place) -> String {
	format!(
		"Files in {} may not grow as far as the database needs. Lift the limit (`ulimit -f`, \
		 `LimitFSIZE=` of a service) and start again; nothing is lost: the node goes on from its last \
		 block.",
		place.data.display()
	)
}

fn not_writable(place: &Place) -> String {
	format!(
		"The node has to write in {}. Make it a folder of the user who runs the node, on a disk that \
		 can be written, or name another by `--base-path`.",
		place.base.display()
	)
}

fn no_node_key(_: &Place) -> String {
	"A collator needs an address that stays. Make its key once, and name it at every start:\n\n    \
	 caliber-node key generate-node-key --file node-key\n    \
	 caliber-node --collator --node-key-file node-key …"
		.into()
}

fn no_relay_chain(_: &Place) -> String {
	"This node knows the relay chains of public networks by name, and no others. Name the file of the \
	 relay chain's specification behind `--`:\n\n    \
	 caliber-node … -- --chain relay.json"
		.into()
}

fn relay_database_damaged(place: &Place) -> String {
	format!(
		"The relay chain's database in {} cannot be used: it is damaged, or was made by something else. \
		 Remove it and sync again, from the relay chain's network (the keys stay):\n\n    \
		 {} --relaychain",
		place.base.join("polkadot/chains").display(),
		place.purge()
	)
}

fn database_damaged(place: &Place) -> String {
	// A panic does not tell of which part it is.
	let relay = if place.base.join("polkadot").exists() {
		"\n\nWhere the last lines of the log say [Relaychain] it is that one's: add `--relaychain`."
	} else {
		""
	};
	format!(
		"The database in {} cannot be used: it is damaged, or was made by something else. Put back a \
		 copy that was made while the node was stopped; or remove it and sync again (the keys beside \
		 it, in keystore/ and network/, stay):\n\n    \
		 {}\n\n\
		 Do not remove it where no other node has the blocks, as on a development chain or with the \
		 only collator of a chain: they would be lost, and only a copy helps.{relay}",
		place.database.display(),
		place.purge()
	)
}

/// What helps against an error, if that is known.
pub fn advice(error: &str, place: &Place) -> Option<String> {
	let cause = CAUSES.iter().find(|cause| cause.signs.iter().any(|sign| error.contains(sign)))?;
	Some((cause.advice)(place))
}

/// Says on the standard error why the node ends, and what helps.
pub fn tell(error: &str, advice: Option<String>) {
	thread::sleep(LOG_FLUSH);
	eprintln!("\nError: {error}");
	if let Some(advice) = advice {
		eprintln!("\n{advice}");
	}
}

/// Says why the SDK's node ended.
pub fn tell_error(error: &sc_cli::Error, place: &Place) {
	// The variants tell more than the words.
	let mut known = advice(&format!("{error:?}"), place);
	// If the task that has ended is the one that watches the disk, it has told the log why, not the error.
	let error = words(error);
	if known.is_none() && error.contains("Essential task failed") && crate::room::is_short(place) {
		known = Some(disk_full(place));
	}
	tell(&error, known);
}

/// An error and its causes, each once.
fn words(error: &dyn Error) -> String {
	let mut text = error.to_string();
	let mut cause = error.source();
	while let Some(error) = cause {
		let more = error.to_string();
		if !text.contains(&more) {
			text = format!("{text}: {more}");
		}
		cause = error.source();
	}
	text
}

/// From here on a panic is told with what helps. The SDK's handler, which ends the process, comes after.
pub fn explain_panics(place: Place) {
	let then = panic::take_hook();
	panic::set_hook(Box::new(move |info| {
		let message = info.payload_as_str().unwrap_or_default();
		let file = info.location().map(|location| location.file()).unwrap_or_default();
		if let Some(advice) = advice(&format!("{message} {file}"), &place) {
			tell(message, Some(advice));
		}
		then(info);
	}));
}

#[cfg(test)]
mod tests {
	use super::*;

	fn place() -> Place {
		Place {
			base: "/base".into(),
			data: "/base/chains/id".into(),
			database: "/base/chains/id/paritydb".into(),
			chain: "chain.json".into(),
			threshold: 1024,
			..Default::default()
		}
	}

	/// Errors as the SDK words them, and a word of the advice that each needs.
	const SEEN: &[(&str, &str)] = &[
		(
			"Service(Client(Backend(\"Database file is in use. (Resource temporarily unavailable \
			 (os error 11))\")))",
			"Another node runs on the data in /base/chains/id.",
		),
		(
			"Service(Client(Backend(\"IO Error: No space left on device (os error 28)\")))",
			"start again; nothing is lost",
		),
		("Service(Network(No space left on device (os error 28)))", "Free space"),
		("Service(Application(StorageOutOfSpace(53357, 99999999)))", "1024 MiB have to be"),
		("Service(Client(Backend(\"IO Error: File too large (os error 27)\")))", "ulimit -f"),
		(
			"Service(Client(Backend(\"IO Error: Permission denied (os error 13)\")))",
			"has to write in /base.",
		),
		("Service(Client(Backend(\"IO Error: Not a directory (os error 20)\")))", "write in /base."),
		(
			"Io(Custom { kind: NotFound, error: \"data in /base/chains/id cannot be written: No such \
			 file or directory (os error 2)\" })",
			"write in /base.",
		),
		("NetworkKeyNotFound(\"/base/chains/id/network/secret_ed25519\")", "generate-node-key"),
		(
			"Input(\"Relay chain argument error: Invalid input: `rococo-local` only supported with \
			 `rococo-native` feature enabled.\")",
			"-- --chain relay.json",
		),
		(
			"Service(Client(Backend(\"Corruption: Bad metadata\")))",
			"caliber-node purge-chain --chain chain.json --base-path /base\n",
		),
		(
			"Service(Application(Application(Sub(Client(Backend(\"Corruption: Bad metadata\"))))))",
			"in /base/polkadot/chains cannot",
		),
		("Critical database error: Corruption(\"Bad value\")", "in /base/chains/id/paritydb cannot"),
		("Service(Client(Backend(\"IO Error: Invalid argument (os error 22)\")))", "purge-chain"),
		(
			"Service(Client(StateDatabase(\"Trying to insert block with invalid number\")))",
			"purge-chain",
		),
		(
			"range end index 9639 out of range for slice of length 4096 \
			 /registry/parity-db-0.4.13/src/table.rs",
			"purge-chain",
		),
	];

	#[test]
	fn advice_should_fit_when_the_cause_is_known() {
		for (error, expected) in SEEN {
			let advice = advice(error, &place()).unwrap_or_default();
			assert!(advice.contains(expected), "{error}: {advice}");
		}
	}

	#[test]
	fn every_cause_should_have_been_seen() {
		for cause in CAUSES {
			let first = |error: &str| {
				CAUSES.iter().position(|cause| cause.signs.iter().any(|sign| error.contains(sign)))
			};
			let at = CAUSES.iter().position(|other| std::ptr::eq(other, cause));
			assert!(SEEN.iter().any(|(error, _)| first(error) == at), "{:?}", cause.signs);
		}
	}

	#[test]
	fn advice_should_be_none_when_the_cause_is_not_known() {
		for error in
			["Service(Other(\"Essential task failed.\"))", "Input(\"Invalid node name\")", ""]
		{
			assert_eq!(advice(error, &place()), None, "{error}");
		}
	}

	#[test]
	fn removal_should_come_with_its_warning() {
		let advice = advice("Service(Client(Backend(\"Corruption: Bad metadata\")))", &place());
		let advice = advice.unwrap();
		for part in ["keystore/", "copy", "only collator", "development chain", "would be lost"] {
			assert!(advice.contains(part), "{part}");
		}
	}

	#[test]
	fn words_should_have_every_cause_once() {
		let inner = std::io::Error::other("the reason");
		assert_eq!(words(&sc_cli::Error::Io(inner)), "the reason");
		assert_eq!(words(&sc_cli::Error::Input("a\nb".into())), "Invalid input: a\nb");
	}
}
