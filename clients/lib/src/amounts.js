// SPDX-License-Identifier: Apache-2.0
//
// Amounts: integers of the smallest unit, always BigInt. A number with a fraction exists only as text.

/** One dollar, one USDai, one share, a rate of 100 %: 18 decimals. */
export const WAD = 10n ** 18n;
/** The whole of a share, in parts per billion (Perbill). */
export const PPB = 10n ** 9n;
/** One CLBR, the native token. */
export const CLBR = 10n ** 12n;
/** Decimals of the native token. */
export const CLBR_DECIMALS = 12;
/** Decimals of USDai, sUSDai and every USD amount. */
export const USD_DECIMALS = 18;
/** Decimals of USDC, USDT and PYUSD. */
export const STABLE_DECIMALS = 6;

/**
 * Returns the amount that a text names, exactly.
 *
 * @param {string | number | bigint} text such as `1234.5` or `1_000_000`
 * @param {number} decimals of the smallest unit
 * @returns {bigint}
 */
export function parseAmount(text, decimals = USD_DECIMALS) {
	const match = /^(\d[\d_]*)(?:\.(\d+))?$/.exec(String(text).trim());
	if (!match) throw new Error(`"${text}" is not an amount: write digits, and a point before the fraction`);
	const [, whole, fraction = ''] = match;
	if (fraction.replace(/0+$/, '').length > decimals) {
		throw new Error(`"${text}" has more than ${decimals} decimals`);
	}
	const padded = fraction.slice(0, decimals).padEnd(decimals, '0');
	return BigInt(whole.replaceAll('_', '')) * 10n ** BigInt(decimals) + BigInt(padded || '0');
}

/** Returns dollars (USDai, prices) from text, 18 decimals. */
export const usd = (text) => parseAmount(text, USD_DECIMALS);

/**
 * Returns the text of an amount, with thousands grouped and without trailing zeros. Digits beyond `digits`
 * are cut, not rounded, and an ellipsis stands for them.
 *
 * @param {bigint} amount
 * @param {number} decimals
 * @param {number} digits most digits after the point
 */
export function formatAmount(amount, decimals = USD_DECIMALS, digits = decimals) {
	const sign = amount < 0n ? '-' : '';
	const text = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
	const whole = text.slice(0, text.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',');
	const fraction = decimals === 0 ? '' : text.slice(-decimals).replace(/0+$/, '');
	const cut = fraction.length > digits ? `${fraction.slice(0, digits)}…` : fraction;
	return cut === '' ? `${sign}${whole}` : `${sign}${whole}.${cut}`;
}
