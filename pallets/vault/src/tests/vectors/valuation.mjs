// SPDX-License-Identifier: Apache-2.0

// A second valuation of the vault, worked out in integers of any size from the text of the
// specification (chapter 4). It holds every loan by itself and adds them up at each look; the pallet
// keeps two sums. A year of chance from a fixed seed.
//
//     node valuation.mjs > valuation.csv
//
// Lines: <kind>,<time>,<arguments> and behind `=` both net asset values, both prices, the shares, the
// idle USDai and what is locked, after the event. Kinds:
//   deposit,<who>,<assets>
//   draw,<loan>,<principal>,<interest a second>
//   place,<loan>,<principal>,<interest>,<place>,<suspended>,<paid until>
//        a receipt, or none, and the new place of the loan: <a second>:<since>:<paid>:<earned> or -
//   provision,<loan>,<amount>            the provision of a loan from now on
//   loss,<loan>,<principal>,<interest>,<suspended>,<provision>
//   recover,<amount>   yield,<amount>    bills,<value>,<yield without a fee>
//   redeem,<who>,<shares>                in full, at the close of the window that this time begins
//   look                                 nothing but time

import { ceilDiv, chanceFrom, DAY, max, min, WAD } from '../../../../../math/tests/vectors/integers.mjs';

const WINDOW = 30n * DAY;
const LOCKED_FIRST = 1_000_000n;
const FEE = [1n, 10n];

const sum = (amounts) => amounts.reduce((a, b) => a + b, 0n);

// ---- Chance, the same every time.

const { chance, random } = chanceFrom(0x0dd_5eed_ca11_be12n);

// ---- The books: money, and each loan by itself.

const books = {
	idle: 0n,
	bills: 0n,
	yieldDue: 0n,
	shares: 0n,
	locked: { amount: 0n, since: 0n, until: 0n },
	loans: new Map(),
	held: new Map(),
};

// Interest of a loan that is earned and not received: by the second from `since` on.
const earnedBy = (loan, now) =>
	loan.place ? loan.place.rate * (now - loan.place.since) + loan.place.earned - loan.place.paid : 0n;

const netOfFee = (x) =>
	x >= 0n ? x - ceilDiv(x * FEE[0], FEE[1]) : -ceilDiv(-x * (FEE[1] - FEE[0]), FEE[1]);

function stillLocked(now) {
	const { amount, since, until } = books.locked;
	if (now >= until) return 0n;
	return ceilDiv(amount * (until - now), until - since);
}

const live = () => [...books.loans.values()];
const interest = (now) => sum(live().map((loan) => earnedBy(loan, now)));
const suspended = () => sum(live().map((loan) => loan.suspended));
const principalOut = () => sum(live().map((loan) => loan.principal));

function values(now) {
	const fees = ceilDiv(books.yieldDue * FEE[0], FEE[1]);
	const base = books.idle + books.bills + principalOut() - fees - stillLocked(now);
	const provisions = sum(live().map((loan) => loan.provision));
	const earned = interest(now);
	return {
		deposits: max(base + netOfFee(earned + suspended()), 0n),
		redemptions: max(base + min(netOfFee(earned), 0n) - provisions, 0n),
	};
}

function lock(now, income, period) {
	if (income === 0n) return;
	const left = stillLocked(now);
	const remaining = max(books.locked.until - now, 0n);
	const amount = left + income;
	const time = max((left * remaining + income * period) / amount, 1n);
	books.locked = { amount, since: now, until: now + time };
}

function unlock(now, loss) {
	const left = stillLocked(now);
	const taken = min(left, loss);
	if (taken > 0n) {
		const amount = left - taken;
		books.locked = { amount, since: now, until: amount === 0n ? now : books.locked.until };
	}
}

// ---- Events.

const lines = [];
function note(kind, now, ...args) {
	const { deposits, redemptions } = values(now);
	const { shares } = books;
	const up = shares === 0n ? WAD : ceilDiv(deposits * WAD, shares);
	const down = shares === 0n ? WAD : (redemptions * WAD) / shares;
	const after = [deposits, redemptions, up, down, shares, books.idle, stillLocked(now)];
	lines.push([kind, now, ...args].join(',') + '=' + after.join(','));
}

function deposit(now, who, assets) {
	const { deposits } = values(now);
	const first = books.shares === 0n;
	const got = first ? assets - LOCKED_FIRST : (assets * books.shares) / deposits;
	books.idle += assets;
	books.shares += got + (first ? LOCKED_FIRST : 0n);
	books.held.set(who, (books.held.get(who) ?? 0n) + got);
	note('deposit', now, who, assets);
}

function draw(now, id, principal, apr, period, periods) {
	const rate = (principal * ceilDiv(apr, 31_536_000n)) / WAD;
	books.loans.set(id, {
		id, principal, rate, apr, period, periods,
		began: now, next: 0n, provision: 0n, suspended: 0n, state: 'live',
		place: { rate, since: now, paid: 0n, earned: 0n },
	});
	books.idle -= principal;
	note('draw', now, id, principal, rate);
}

// The new place of a loan, with the money that comes with it.
function place(now, loan, { principal = 0n, paid = 0n, to = null, keeps = 0n, until }) {
	const before = netOfFee(interest(now) + suspended());
	const was = loan.place;
	const income = paid - ceilDiv(paid * FEE[0], FEE[1]);
	loan.principal -= principal;
	loan.place = to;
	loan.suspended = keeps;
	books.idle += principal + income;
	const surplus = max(income - (before - netOfFee(interest(now) + suspended())), 0n);
	const ahead = max(until - now, 0n);
	if (was === null) {
		lock(now, surplus, max(WINDOW, ahead));
	} else {
		const less = max(was.rate - (to?.rate ?? 0n), 0n);
		const unearned = min(netOfFee(less * ahead), surplus);
		lock(now, unearned, ahead);
		lock(now, surplus - unearned, WINDOW);
	}
	const text = to ? [to.rate, to.since, to.paid, to.earned].join(':') : '-';
	note('place', now, loan.id, principal, paid, text, keeps, until);
}

function provision(now, loan, amount) {
	loan.provision = amount;
	note('provision', now, loan.id, amount);
}

function lose(now, loan, owed) {
	const { principal, suspended: counted, provision: stood } = loan;
	books.loans.delete(loan.id);
	unlock(now, principal - min(principal, stood));
	unlock(now, max(stillLocked(now) - (books.idle + books.bills + principalOut()), 0n));
	note('loss', now, loan.id, principal, owed, counted, stood);
}

function give(now, kind, amount) {
	books.idle += amount;
	lock(now, amount, WINDOW);
	note(kind, now, amount);
}

function redeem(now, who, shares) {
	const { redemptions } = values(now);
	const paid = (shares * redemptions) / books.shares;
	books.idle -= paid;
	books.shares -= shares;
	books.held.set(who, books.held.get(who) - shares);
	note('redeem', now, who, shares);
}

// ---- A year.

const due = (loan, k) => loan.began + (k + 1n) * loan.period;
const start = (loan, k) => loan.began + k * loan.period;

// Pays the oldest period in full, with its late interest.
function payPeriod(now, loan, principal = 0n) {
	const k = loan.next;
	const lateFor = max(now - due(loan, k), 0n);
	const paid = loan.rate * loan.period + (loan.rate * lateFor) / 3n;
	loan.next = k + 1n;
	const last = loan.next === loan.periods;
	const back = last ? loan.principal : principal;
	loan.rate = ((loan.principal - back) * ceilDiv(loan.apr, 31_536_000n)) / WAD;
	const to = last ? null : { rate: loan.rate, since: start(loan, loan.next), paid: 0n, earned: 0n };
	place(now, loan, { principal: back, paid, to, until: start(loan, loan.next) });
	if (last) books.loans.delete(loan.id);
}

// Sets a loan whose due date has passed unpaid back to it: what it earned is a fixed sum.
function touch(now, loan) {
	const reached = min((now - loan.began) / loan.period, loan.periods);
	if (reached <= loan.next || loan.touched === reached) return;
	loan.touched = reached;
	const rate = reached === loan.periods ? 0n : loan.rate;
	const to = { rate, since: start(loan, reached), paid: 0n, earned: loan.rate * loan.period * (reached - loan.next) };
	place(now, loan, { to, until: start(loan, loan.next) });
}

function fallIntoDefault(now, loan) {
	touch(now, loan);
	const keeps = max(earnedBy(loan, now), 0n);
	loan.state = 'default';
	place(now, loan, { keeps, until: start(loan, loan.next) });
	provision(now, loan, (loan.principal * random(0n, 60n)) / 100n);
}

function cure(now, loan) {
	// The running period counts what was suspended; the rest of it counts when it comes in.
	const reached = (now - loan.began) / loan.period;
	if (reached >= loan.periods) return;
	if (reached > loan.next) {
		// What is overdue is paid while the loan is in default.
		const paid = loan.rate * loan.period * (reached - loan.next);
		loan.next = reached;
		place(now, loan, { paid, keeps: max(loan.suspended - paid, 0n), until: start(loan, reached) });
	}
	const full = loan.rate * (now - start(loan, loan.next));
	const to = { rate: loan.rate, since: start(loan, loan.next), paid: full - min(full, loan.suspended), earned: 0n };
	loan.state = 'live';
	place(now, loan, { to, until: start(loan, loan.next) });
	provision(now, loan, 0n);
}

function liquidate(now, loan) {
	const brought = (loan.principal * random(20n, 130n)) / 100n;
	const principal = min(brought, loan.principal);
	const owed = loan.rate * (now - start(loan, loan.next));
	const paid = min(brought - principal, owed);
	place(now, loan, { principal, paid, keeps: min(max(loan.suspended - paid, 0n), owed - paid), until: now });
	if (loan.principal > 0n || owed > paid) return lose(now, loan, owed - paid);
	provision(now, loan, 0n);
	books.loans.delete(loan.id);
}

function loanOfToday(now, loan, day) {
	if (loan.state === 'default') {
		if (chance(4)) cure(now, loan);
		else if (chance(3)) liquidate(now, loan);
		return;
	}
	touch(now, loan);
	const overdue = now > due(loan, loan.next);
	if (overdue && chance(3)) fallIntoDefault(now, loan);
	else if (overdue ? chance(15) : chance(2) && start(loan, loan.next) <= now) payPeriod(now, loan);
	else if (start(loan, loan.next) > now && chance(3)) {
		// Ahead of the schedule: a part of the principal, or all of it.
		const back = chance(30) ? loan.principal : (loan.principal * random(1n, 80n)) / 100n;
		loan.rate = ((loan.principal - back) * ceilDiv(loan.apr, 31_536_000n)) / WAD;
		const until = start(loan, loan.next);
		const to = back === loan.principal ? null : { rate: loan.rate, since: until, paid: 0n, earned: 0n };
		place(now, loan, { principal: back, to, until });
		if (to === null) books.loans.delete(loan.id);
	} else if (!overdue && chance(1) && start(loan, loan.next) <= now) {
		// The running period in full, and the loan ends.
		const until = due(loan, loan.next);
		const paid = loan.rate * loan.period;
		place(now, loan, { principal: loan.principal, paid, to: null, until });
		books.loans.delete(loan.id);
	} else if (chance(1)) fallIntoDefault(now, loan);
}

function year() {
	let now = WINDOW;
	let id = 0;
	deposit(now, 1, 200_000n * WAD);
	deposit(now + 7n, 2, 150_000n * WAD + 1n);
	for (let day = 1n; day <= 365n; day++) {
		now = max(now, WINDOW + day * DAY);
		// In the first seconds of a window what is redeemed leaves.
		if ((now / DAY) % 30n === 0n && chance(80)) {
			now += random(1n, 50n);
			const who = chance(50) ? 1 : 2;
			const { redemptions } = values(now);
			const worth = (books.idle * random(1n, 50n)) / 100n;
			const shares = min((worth * books.shares) / max(redemptions, 1n), books.held.get(who) ?? 0n);
			if (shares >= WAD && redemptions > 0n) redeem(now, who, shares);
		}
		// On their very due date, to the second.
		for (const loan of live()) {
			const at = due(loan, loan.next);
			if (loan.state === 'live' && at >= now && at < now + DAY / 2n && chance(60)) {
				now = at;
				payPeriod(now, loan, chance(30) ? loan.principal / 10n : 0n);
			}
		}
		now = max(now, WINDOW + day * DAY + DAY / 2n) + random(1n, 500n);
		for (const loan of live()) loanOfToday(now, loan, day);
		if (chance(12)) {
			now += random(1n, 300n);
			deposit(now, chance(50) ? 1 : 2, random(WAD, 20_000n * WAD));
		}
		if (live().length < 9 && chance(20)) {
			now += random(1n, 300n);
			const most = (books.idle * random(1n, 40n)) / 100n;
			if (most > 100n * WAD) {
				const period = random(7n, 45n) * DAY + random(0n, 3_600n);
				draw(now, id++, most, random(2n, 30n) * (WAD / 100n), period, random(2n, 8n));
			}
		}
		if (chance(2)) give(now, 'yield', random(WAD, 500n * WAD));
		if (chance(2)) give(now, 'recover', random(1n, 300n * WAD));
		if (chance(4)) {
			books.bills += random(0n, 900n * WAD);
			books.yieldDue = chance(30) ? 0n : books.yieldDue + random(0n, 5n * WAD);
			note('bills', now, books.bills, books.yieldDue);
		}
		if (chance(10)) {
			now += random(1n, 20_000n);
			note('look', now);
		}
	}
}

/** The lines of the year. */
export function valuation() {
	if (lines.length === 0) year();
	return lines.join('\n') + '\n';
}

if (process.argv[1]?.endsWith('valuation.mjs')) process.stdout.write(valuation());
