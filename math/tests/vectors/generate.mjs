// SPDX-License-Identifier: Apache-2.0

// A second schedule calculator: 500 loans from a fixed seed, every figure worked out in integers of
// any size from the text of the specification, written as lines of comma-separated fields.
//
//     node generate.mjs > loans.csv
//
// Lines, in order, for each loan:
//   loan,<calendar>,<amortization>,<stub amortizes>,<originated at>,<principal>,<first loss ppb>,
//        <senior apr>,<junior apr>,<grace apr>,<grace period>,<servicing ppb>
//        calendar: M:<day>:<utc offset>:<duration in days> or E:<seconds>:<periods>
//   rate,<senior>,<junior>,<senior per second>,<junior per second>,<blended>,<grace>,<periods>,<stub>
//   pay,<period>,<principal>,<interest>,<junior principal>,<junior interest>
//        <period> is its length in seconds; two optional fields: seconds late, late interest
//   pre,<amount>,<junior part>          a prepayment right after the payment above it
//   due,<now>,<periods>,<principal>,<interest>,<late interest>,<servicing>,<accrued>
//        what every payment period whose due date is at or before <now> costs, nothing having been paid, and
//        what the payment period after them has earned by <now> on the balance that they leave
//   run,<now>,<the first five>          the same with the payment period that runs at <now>
//   take,<now>,<collector>,<amount>,<periods>,<principal>,<interest>,<late interest>,<fees>,<balance>
//        a payment of <amount>, after those of the lines above it and none of the lines before them: what it
//        completes and what it pays, and the principal that it leaves; <collector> is 1 for one that takes only
//        what has fallen due

import { ceilDiv, chanceFrom, DAY, max, min, WAD } from './integers.mjs';

const PPB = 10n ** 9n;
const YEAR = 31_536_000n;

const floorDiv = (a, b) => (a >= 0n ? a / b : -ceilDiv(-a, b));

// ---- Chance, the same every time.

const { chance, pick, random } = chanceFrom(0x5eed_ca11_be12_0026n);
// The payments of any amount have their own, so that loans stay what they are.
const visit = chanceFrom(0x5eed_ca11_be12_0067n);
// Of every magnitude alike.
const magnitude = (digits) => random(1n, 10n ** random(1n, BigInt(digits)));

// ---- The calendar.

const daysFromEpoch = (year, month, day) => BigInt(Date.UTC(year, month, day) / 86_400_000);

function civil(daysSinceEpoch) {
	const date = new Date(Number(daysSinceEpoch) * 86_400_000);
	return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
}

function monthLength(year, month) {
	return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

// The anchor of the month that is `later` months after the one given: its day, and when it begins.
function anchor({ year, month }, later, calendar) {
	const months = year * 12 + month + later;
	const y = Math.floor(months / 12);
	const m = months % 12;
	const day = Math.min(Number(calendar.day), monthLength(y, m));
	return { day, at: daysFromEpoch(y, m, day) * DAY - calendar.offset };
}

// { due dates, stub }
function dueDatesOf(calendar, originatedAt) {
	if (calendar.kind === 'E') {
		const dueDates = [];
		for (let k = 0n; k < calendar.periods; k++) {
			dueDates.push(originatedAt + (k + 1n) * calendar.seconds);
		}
		return { dueDates, stub: false };
	}
	const local = civil(floorDiv(originatedAt + calendar.offset, DAY));
	const thisMonth = anchor(local, 0, calendar);
	const stub = local.day !== thisMonth.day;
	const first = local.day < thisMonth.day ? 0 : 1;
	const end = originatedAt + calendar.days * DAY;
	const dueDates = [];
	for (let later = first; ; later++) {
		const { at } = anchor(local, later, calendar);
		dueDates.push(at);
		if (at >= end) {
			return { dueDates, stub };
		}
	}
}

// ---- The schedule.

const perSecond = (apr) => ceilDiv(apr, YEAR);

function interestOf(loan, k, balance) {
	return ceilDiv(balance * loan.blended * loan.periods[k], WAD);
}

function levelPayment(loan, k, balance) {
	let growth = WAD;
	let sum = 0n;
	for (let j = loan.periods.length - 1; j >= k; j--) {
		sum += growth;
		growth = (growth * (WAD + loan.blended * loan.periods[j])) / WAD;
	}
	return (balance * growth) / sum;
}

function installment(loan, k, balance) {
	const count = loan.periods.length;
	const interest = interestOf(loan, k, balance);
	let principal;
	if (k === count - 1) {
		principal = balance;
	} else if (k === 0 && loan.stub && !loan.stubAmortizes) {
		principal = 0n;
	} else if (loan.amortization === 'linear') {
		principal = balance / BigInt(count - k);
	} else if (loan.amortization === 'level') {
		principal = min(max(levelPayment(loan, k, balance) - interest, 0n), balance);
	} else {
		principal = 0n;
	}
	return { principal, interest };
}

function lateInterest(loan, balance, seconds) {
	return ceilDiv(balance * loan.grace * min(seconds, loan.gracePeriod), WAD);
}

// Principal that is unpaid when the last grace period is over earns at the loan's own rate from then on.
function defaultInterest(loan, principal, since, now) {
	const from = max(loan.dueDates[loan.dueDates.length - 1] + loan.gracePeriod, since);
	return now > from ? ceilDiv(principal * loan.blended * (now - from), WAD) : 0n;
}

// What pays the payment periods up to `last`, each at its own balance.
function allocate(loan, last, now) {
	const sums = { periods: 0, principal: 0n, interest: 0n, late: 0n, servicing: 0n };
	let balance = loan.principal;
	for (let k = 0; k <= last && balance > 0n; k++) {
		const { principal, interest } = installment(loan, k, balance);
		sums.periods += 1;
		sums.principal += principal;
		sums.interest += interest;
		if (now > loan.dueDates[k]) {
			sums.late += lateInterest(loan, balance, now - loan.dueDates[k]);
		}
		sums.late += defaultInterest(loan, principal, 0n, now);
		sums.servicing += ceilDiv(balance * loan.servicingPpb, PPB);
		balance -= principal;
	}
	return sums;
}

// ---- Payments of any amount. A loan here is a list of claims, each with its name and what is open of it; a
// payment goes down the list. The claims of payment periods to come stand in it too, but no payment reaches them.

function claimsOf(loan) {
	const claims = [];
	let opening = loan.principal;
	for (let k = 0; k < loan.periods.length && opening > 0n; k++) {
		const { principal, interest } = installment(loan, k, opening);
		const fee = ceilDiv(opening * loan.servicingPpb, PPB);
		claims.push({ k, late: 0n, charged: 0n, interest, principal, fee, closes: principal === opening });
		opening -= principal;
	}
	return { claims, carried: 0n, balance: loan.principal };
}

function takePayment(loan, book, now, collector, amount) {
	let rest = amount;
	const paid = { periods: 0, principal: 0n, interest: 0n, late: 0n, fees: 0n };
	const pay = (owed) => {
		const part = min(owed, rest);
		rest -= part;
		return part;
	};
	while (book.claims.length > 0) {
		const claim = book.claims[0];
		const due = loan.dueDates[claim.k];
		const payable = collector ? now >= due : claim.k === 0 || now > loan.dueDates[claim.k - 1];
		if (!payable) {
			break;
		}
		// Lateness up to now, on all principal that is out. It is charged when something is paid.
		const before = { ...claim };
		const from = max(due, claim.charged);
		const until = min(now, due + loan.gracePeriod);
		const late = claim.late + (until > from ? ceilDiv(book.balance * loan.grace * (until - from), WAD) : 0n)
			+ defaultInterest(loan, claim.principal, claim.charged, now);
		claim.late = late;
		claim.charged = now;
		for (const part of ['late', 'interest']) {
			const sum = pay(claim[part]);
			claim[part] -= sum;
			paid[part] += sum;
		}
		const fees = book.carried + claim.fee;
		const unit = claim.closes && rest < claim.principal + fees ? 1n : 0n;
		const sum = pay(claim.principal - unit);
		claim.principal -= sum;
		paid.principal += sum;
		book.balance -= sum;
		if (claim.late > 0n || claim.interest > 0n || claim.principal > 0n) {
			// The last unit waits for the fees.
			if (unit === 1n && rest > 0n) {
				book.carried = fees;
				claim.fee = 0n;
			}
			const paidAny = claim.late < late || claim.interest < before.interest || sum > 0n || claim.fee < before.fee;
			if (!paidAny) {
				book.claims[0] = before;
			}
			break;
		}
		book.carried = fees;
		book.claims.shift();
		paid.periods += 1;
	}
	const fees = pay(book.carried);
	book.carried -= fees;
	paid.fees = fees;
	return paid;
}

// ---- The tranches.

// Neither tranche is paid more than it still has out: the rest is the other's.
function fit(parts, left) {
	if (parts.senior > left.senior) {
		return { senior: left.senior, junior: parts.junior + parts.senior - left.senior };
	}
	if (parts.junior > left.junior) {
		return { senior: parts.senior + parts.junior - left.junior, junior: left.junior };
	}
	return parts;
}

function splitPrincipal(loan, amount, left) {
	const junior = (amount * loan.junior) / loan.principal;
	return fit({ senior: amount - junior, junior }, left);
}

function splitPrepayment(loan, amount, left) {
	const senior = (amount * loan.senior) / loan.principal;
	return fit({ senior, junior: amount - senior }, left);
}

function juniorInterest(loan, amount) {
	const weight = loan.juniorRate * loan.junior;
	const whole = weight + loan.seniorRate * loan.senior;
	return whole === 0n ? 0n : (amount * weight) / whole;
}

// ---- Loans.

// Dates at which calendars go wrong: ends of months, leap days, minutes around midnight.
function originations(calendar) {
	const year = Number(random(2024n, 2045n));
	const month = Number(random(0n, 11n));
	if (chance(30)) {
		return random(1_700_000_000n, 2_500_000_000n);
	}
	let day;
	if (chance(35)) {
		day = daysFromEpoch(year, month, monthLength(year, month) - Number(random(0n, 3n)));
	} else if (chance(25)) {
		const leap = pick(2024, 2028, 2032, 2044);
		day = daysFromEpoch(leap, pick(0, 1, 1), Number(random(26n, 31n)));
	} else {
		const wanted = calendar.kind === 'M' ? Number(calendar.day) : 1;
		day = daysFromEpoch(year, month, Math.min(wanted, monthLength(year, month)));
	}
	const seconds = pick(0n, 1n, DAY - 1n, DAY / 2n, random(0n, DAY - 1n));
	const local = chance(60) && calendar.kind === 'M' ? calendar.offset : 0n;
	return day * DAY + seconds - local;
}

function randomCalendar(index) {
	if (index % 5 === 4) {
		const periods = pick(1n, 2n, random(1n, 24n), random(1n, 60n));
		const seconds = pick(6n, 7n, 3_600n, 30n * DAY, random(6n, 90n * DAY));
		return { kind: 'E', seconds: min(seconds, (4_000n * DAY) / periods), periods };
	}
	const day = pick(1n, 15n, 28n, 29n, 30n, 31n, 31n, random(1n, 31n));
	const offset = pick(0n, 0n, 3_600n, -18_000n, 19_800n, 20_700n, 50_400n, -43_200n, 12_345n);
	const days = index % 41 === 0
		? 4_000n
		: pick(1n, 20n, 28n, 31n, 90n, 365n, 366n, random(1n, 400n), random(1n, 1_100n),
			random(1n, 4_000n));
	return { kind: 'M', day, offset, days };
}

function randomLoan(index) {
	const calendar = randomCalendar(index);
	const originatedAt = originations(calendar);
	const principal = index % 50 === 0
		? 1n
		: index % 50 === 1
			? 10n ** 30n
			: chance(40)
				? random(1n, 50_000_000n) * WAD
				: magnitude(30);
	const apr = () => pick(0n, 1n, WAD, WAD / 10n, random(1n, WAD), random(WAD / 50n, WAD / 4n));
	const firstLossPpb = pick(0n, PPB, PPB / 10n, PPB / 5n, random(0n, PPB));
	const junior = ceilDiv(principal * firstLossPpb, PPB);
	const senior = principal - junior;
	const seniorApr = index % 50 === 2 ? 1n : apr();
	const juniorApr = index % 50 === 2 ? 1n : apr();
	const graceApr = apr();
	const seniorRate = perSecond(seniorApr);
	const juniorRate = perSecond(juniorApr);
	const { dueDates, stub } = dueDatesOf(calendar, originatedAt);
	const periods = dueDates.map((at, k) => at - (k === 0 ? originatedAt : dueDates[k - 1]));
	return {
		calendar, originatedAt, principal, firstLossPpb, junior, senior, seniorApr, juniorApr,
		graceApr, seniorRate, juniorRate, dueDates, stub, periods,
		amortization: pick('linear', 'level', 'level', 'bullet'),
		stubAmortizes: chance(30),
		gracePeriod: pick(0n, DAY, 10n * DAY, random(0n, 30n * DAY)),
		servicingPpb: pick(0n, 1n, PPB / 1_000n, random(0n, PPB / 10n)),
		blended: (seniorRate * senior + juniorRate * junior) / principal,
		grace: perSecond(graceApr),
		prepays: chance(50),
	};
}

const lines = [];
const write = (...fields) => lines.push(fields.join(','));

function writeLoan(loan) {
	const c = loan.calendar;
	const calendar = c.kind === 'M' ? `M:${c.day}:${c.offset}:${c.days}` : `E:${c.seconds}:${c.periods}`;
	write('loan', calendar, loan.amortization, Number(loan.stubAmortizes), loan.originatedAt,
		loan.principal, loan.firstLossPpb, loan.seniorApr, loan.juniorApr, loan.graceApr,
		loan.gracePeriod, loan.servicingPpb);
	write('rate', loan.senior, loan.junior, loan.seniorRate, loan.juniorRate, loan.blended,
		loan.grace, loan.periods.length, Number(loan.stub));
	let balance = loan.principal;
	let left = { senior: loan.senior, junior: loan.junior };
	const take = (parts) => {
		left = { senior: left.senior - parts.senior, junior: left.junior - parts.junior };
	};
	for (let k = 0; k < loan.periods.length && balance > 0n; k++) {
		const { principal, interest } = installment(loan, k, balance);
		const lateBy = chance(20) ? pick(1n, loan.gracePeriod, loan.gracePeriod + 1n, random(1n, 40n * DAY)) : 0n;
		const late = lateInterest(loan, balance, lateBy);
		const parts = splitPrincipal(loan, principal, left);
		const fields = [loan.periods[k], principal, interest, parts.junior,
			juniorInterest(loan, interest + late)];
		write('pay', ...fields, ...(lateBy > 0n ? [lateBy, late] : []));
		take(parts);
		balance -= principal;
		if (loan.prepays && balance > 0n && chance(20)) {
			const amount = chance(8) ? balance : random(1n, max(balance / pick(1n, 2n, 10n, 1_000n), 1n));
			const split = splitPrepayment(loan, amount, left);
			write('pre', amount, split.junior);
			take(split);
			balance -= amount;
		}
	}
	if (balance !== 0n || left.senior !== 0n || left.junior !== 0n) {
		throw new Error('a loan is not repaid at its end');
	}
	const last = loan.dueDates.length - 1;
	const k = Number(random(0n, BigInt(last)));
	// At the due date, a second on either side, or anywhere in the payment period that ends with it.
	const now = loan.dueDates[k] + pick(0n, -1n, 1n, -random(1n, loan.periods[k] - 1n));
	const reached = loan.dueDates.filter((at) => at <= now).length;
	const due = allocate(loan, reached - 1, now);
	const begins = reached === 0 ? loan.originatedAt : loan.dueDates[reached - 1];
	const rest = loan.principal - due.principal;
	const accrued = reached > last ? 0n : ceilDiv(rest * loan.blended * (now - begins), WAD);
	write('due', now, due.periods, due.principal, due.interest, due.late, due.servicing, accrued);
	// The payment period that runs: the first whose due date has not passed.
	const runs = loan.dueDates.filter((at) => at < now).length;
	const run = allocate(loan, Math.min(runs, last), now);
	write('run', now, run.periods, run.principal, run.interest, run.late, run.servicing);
	writeTakes(loan);
}

function writeTakes(loan) {
	const book = claimsOf(loan);
	let now = loan.originatedAt;
	const average = max(loan.principal / BigInt(loan.periods.length), 2n);
	for (let visits = visit.random(1n, 12n); visits > 0n && book.balance > 0n; visits--) {
		// The same second again, a due date, the end of a grace period, or some time in the next months.
		const next = loan.dueDates.find((at) => at > now) ?? now;
		now = visit.pick(now, next, next + 1n, next + loan.gracePeriod, now + visit.random(1n, 90n * DAY));
		const collector = visit.chance(40);
		const amount = visit.chance(10) ? 10n ** 36n : visit.random(1n, average * visit.pick(1n, 2n, 5n));
		const paid = takePayment(loan, book, now, collector, amount);
		write('take', now, Number(collector), amount, paid.periods, paid.principal, paid.interest, paid.late,
			paid.fees, book.balance);
	}
}

for (let index = 0; index < 500; index++) {
	writeLoan(randomLoan(index));
}
process.stdout.write(lines.join('\n') + '\n');
