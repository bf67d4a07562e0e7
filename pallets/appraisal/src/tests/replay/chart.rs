// SPDX-License-Identifier: Apache-2.0

//! Line chart as SVG. Coordinates are whole tenths of a pixel, so that the file is the same on
//! every machine.

use super::series::{civil, DAY};
use caliber_math::WAD;
use std::fmt::Write;

const WIDTH: u64 = 960;
const HEIGHT: u64 = 560;
const LEFT: u64 = 72;
const RIGHT: u64 = 24;
const TOP: u64 = 112;
const BOTTOM: u64 = 64;

/// Style of a line: colour, width in tenths of a pixel, dashes.
#[derive(Clone, Copy)]
pub struct Style(&'static str, u64, &'static str);

/// Style of the record: broad and pale, under all others.
pub const RECORDED: Style = Style("#b9bec7", 70, "");
pub const HONEST: Style = Style("#1b5e9e", 20, "");
pub const MINORITY: Style = Style("#12874d", 20, "7 5");
pub const MAJORITY: Style = Style("#c2410c", 24, "");
pub const MEDIAN: Style = Style("#c2410c", 16, "2 4");
pub const OTHER: Style = Style("#6d3fa8", 20, "10 3");

/// Line of the chart. It is interrupted where there is no value.
pub struct Line {
	pub label: &'static str,
	pub style: Style,
	pub points: Vec<(u64, Option<u128>)>,
}

/// Chart of prices over time.
pub struct Chart {
	pub title: &'static str,
	/// Unit of the vertical axis.
	pub unit: &'static str,
	/// First and last second of the horizontal axis.
	pub from: u64,
	pub to: u64,
	/// Distance of the marks of the horizontal axis, in seconds.
	pub tick: u64,
	/// Lowest and highest value of the vertical axis and the distance of its marks, in cents.
	pub low: u128,
	pub high: u128,
	pub step: u128,
	/// Shaded time and its label.
	pub shaded: Option<((u64, u64), &'static str)>,
	pub lines: Vec<Line>,
}

/// Returns tenths of a pixel as a decimal number.
fn tenths(value: u64) -> String {
	format!("{}.{}", value / 10, value % 10)
}

impl Chart {
	/// Returns the distance of a time from the left, in tenths of a pixel.
	fn x(&self, time: u64) -> u64 {
		let across = (WIDTH - LEFT - RIGHT) * 10;
		LEFT * 10 + (time.clamp(self.from, self.to) - self.from) * across / (self.to - self.from)
	}

	/// Returns the distance of a value from the top, in tenths of a pixel.
	fn y(&self, value: u128) -> u64 {
		let cent = WAD / 100;
		let down = u128::from(HEIGHT - TOP - BOTTOM) * 10;
		let above = (self.high * cent).saturating_sub(value.max(self.low * cent));
		TOP * 10 + (above * down / ((self.high - self.low) * cent)) as u64
	}

	/// Returns the chart as SVG.
	pub fn svg(&self) -> String {
		let mut svg = String::new();
		self.frame(&mut svg).and_then(|()| self.axes(&mut svg)).unwrap();
		for line in &self.lines {
			self.line(&mut svg, line).unwrap();
		}
		self.legend(&mut svg).unwrap();
		svg + "</svg>\n"
	}

	fn frame(&self, svg: &mut String) -> std::fmt::Result {
		writeln!(
			svg,
			r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="13" fill="#1f2430">"##
		)?;
		writeln!(svg, "<title>{}</title>", self.title)?;
		writeln!(svg, r##"<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>"##)?;
		writeln!(
			svg,
			r#"<text x="{LEFT}" y="28" font-size="17" font-weight="bold">{}</text>"#,
			self.title
		)?;
		let Some(((from, to), label)) = self.shaded else { return Ok(()) };
		let (left, right) = (self.x(from), self.x(to));
		writeln!(
			svg,
			r##"<rect x="{}" y="{TOP}" width="{}" height="{}" fill="#fdf1e3"/>"##,
			tenths(left),
			tenths(right - left),
			HEIGHT - TOP - BOTTOM
		)?;
		writeln!(
			svg,
			r##"<text x="{}" y="{}" font-size="12" fill="#8a5a1f">{label}</text>"##,
			tenths(left + 60),
			HEIGHT - BOTTOM - 8
		)
	}

	fn axes(&self, svg: &mut String) -> std::fmt::Result {
		let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
		for cents in (self.low..=self.high).step_by(self.step as usize) {
			let y = self.y(cents * WAD / 100);
			writeln!(
				svg,
				r##"<path d="M{LEFT} {y}H{right}" stroke="#e3e6eb"/><text x="{}" y="{}" text-anchor="end">{}.{:02}</text>"##,
				LEFT - 8,
				tenths(y + 45),
				cents / 100,
				cents % 100,
				y = tenths(y)
			)?;
		}
		for time in (self.from..=self.to).step_by(self.tick as usize) {
			let (_, month, day, hour, minute) = civil(time);
			let label = if self.tick.is_multiple_of(DAY) {
				format!("{month:02}-{day:02}")
			} else {
				format!("{month:02}-{day:02} {hour:02}:{minute:02}")
			};
			writeln!(
				svg,
				r##"<path d="M{x} {bottom}v6" stroke="#1f2430"/><text x="{x}" y="{}" text-anchor="middle">{label}</text>"##,
				bottom + 22,
				x = tenths(self.x(time))
			)?;
		}
		writeln!(
			svg,
			r##"<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="#1f2430"/>"##
		)?;
		writeln!(
			svg,
			r#"<text x="{}" y="{}" text-anchor="middle">{}, UTC</text>"#,
			(LEFT + right) / 2,
			HEIGHT - 16,
			civil(self.from).0
		)?;
		let middle = (TOP + bottom) / 2;
		writeln!(
			svg,
			r#"<text x="20" y="{middle}" text-anchor="middle" transform="rotate(-90 20 {middle})">{}</text>"#,
			self.unit
		)
	}

	fn line(&self, svg: &mut String, line: &Line) -> std::fmt::Result {
		let Style(colour, width, dashes) = line.style;
		let mut path = String::new();
		let mut pen = false;
		let mut last = None;
		for (time, value) in &line.points {
			let shown = value.filter(|_| (self.from..=self.to).contains(time));
			let Some(value) = shown else {
				pen = false;
				last = None;
				continue;
			};
			let (x, y) = (self.x(*time), self.y(value));
			// A value holds until the next one: the line goes across, then up or down.
			match last {
				Some(before) if before == y => write!(path, "H{}", tenths(x))?,
				Some(_) => write!(path, "H{}V{}", tenths(x), tenths(y))?,
				None => write!(path, "{}{} {}", if pen { "L" } else { "M" }, tenths(x), tenths(y))?,
			}
			pen = true;
			last = Some(y);
		}
		writeln!(
			svg,
			r#"<path d="{path}" fill="none" stroke="{colour}" stroke-width="{}" stroke-dasharray="{dashes}" stroke-linejoin="round"/>"#,
			tenths(width)
		)
	}

	fn legend(&self, svg: &mut String) -> std::fmt::Result {
		for (index, line) in (0u64..).zip(&self.lines) {
			let Style(colour, width, dashes) = line.style;
			let x = LEFT + index % 3 * 295;
			let y = 56 + index / 3 * 24;
			writeln!(
				svg,
				r#"<path d="M{x} {y}h30" stroke="{colour}" stroke-width="{}" stroke-dasharray="{dashes}"/><text x="{}" y="{}">{}</text>"#,
				tenths(width),
				x + 38,
				y + 5,
				line.label
			)?;
		}
		Ok(())
	}
}
