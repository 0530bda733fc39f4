// A room that has been traded in: what the pages are looked at with.

import { Client, signUp } from './client.mjs';

const BUY = 1;
const SELL = 2;
const SETTLED = { 'Rain in Zürich on Saturday': 100, 'Home win in the opening match': 0 };
const MARKETS = [
    ['Rain in Zürich on Saturday', 'Weather', 'Zürich', 0, 100, 62],
    ['Home win in the opening match', 'Sport', 'Cup', 0, 100, 55],
    ['Snow at the station before December', 'Weather', 'Zürich', 0, 100, 31],
    ['Warmest day of next week, °C', 'Weather', 'Zürich', -10, 40, 14],
    ['Goals in the final', 'Sport', 'Cup', 0, 12, 3],
    ['Turnout at the student election, %', 'Campus', 'Election', 0, 100, 47],
    ['Will the canteen raise its prices this term?', 'Campus', 'Canteen', 0, 100, 71],
    ['Length of the Monday lecture, minutes', 'Campus', 'Lectures', 0, 180, 94],
    ['Temperature at the top of the Säntis, the coldest night of the year', 'Weather', 'Alps', -50, 10, -21],
    ['First prime above the number of participants', 'Campus', 'Lectures', 0, 1000, 127],
];
const PEOPLE = ['Bea Fischer', 'Chris Okafor', 'Dana Silva', 'Emil Novak', 'Farah Haddad', 'Gus Lindqvist'];

/** Always the same "random" numbers: two runs show the same. */
function randomFrom(seed) {
    let state = seed;
    return (below) => {
        state = (state * 1103515245 + 12345) % 2147483648;
        return Math.floor((state / 2147483648) * below);
    };
}

/** An admin, a trader with a history, and somebody who has just come. */
export async function makeData(address, setupCode) {
    const admin = await Client.connect(address, await signUp(address, 'Ann Keller', setupCode));
    const people = [admin];
    for (const name of PEOPLE) people.push(await Client.connect(address, await signUp(address, name)));
    await admin.do('setElevated', { elevated: true });

    const markets = [];
    for (const [name, category, group, min, max, middle] of MARKETS) {
        const { market } = await admin.do('createMarket', {
            name,
            description: `Settles at the figure that is published first. Between ${min} and ${max}.`,
            minPrice: min * 100,
            maxPrice: max * 100,
            tickSize: max > 100 ? 100 : 10,
            category,
            group,
            pinned: name.startsWith('Turnout'),
        });
        markets.push({ ...market, middle: middle * 100 });
    }
    await trade(people, markets);
    for (const market of markets) {
        if (SETTLED[market.name] === undefined) continue;
        await admin.do('settleMarket', { marketId: market.marketId, price: SETTLED[market.name] * 100 });
    }
    await moveMoney(admin, people[1]);
    await signUp(address, 'Nora New');
}

async function trade(people, markets) {
    const random = randomFrom(7);
    const attempt = async (who, order) => {
        try {
            await who.do('placeOrder', order);
        } catch {
            // Refused for want of money, as happens to people.
        }
    };
    for (let round = 0; round < 60; round += 1) {
        for (const market of markets) {
            const { marketId, minPrice, maxPrice, tickSize } = market;
            market.middle += (random(3) - 1) * tickSize * (1 + random(3));
            market.middle = Math.min(
                maxPrice - 20 * tickSize,
                Math.max(minPrice + 20 * tickSize, market.middle),
            );
            const side = random(2) === 0 ? BUY : SELL;
            const away = (random(9) - 2) * tickSize;
            const price = market.middle + (side === BUY ? -away : away);
            const bounded = Math.min(maxPrice, Math.max(minPrice, price - (price % tickSize)));
            await attempt(people[random(people.length)], {
                marketId,
                side,
                price: bounded,
                quantity: (1 + random(12)) * 50,
            });
        }
    }
}

async function moveMoney(admin, trader) {
    await admin.do('grant', { everyMember: true, amount: 500_0000n, memo: 'For taking part' });
    await admin.do('createCode', { code: 'LECTURE7', amount: 50_0000n, uses: 30 });
    await admin.do('createCode', { code: 'QUIZ22', amount: 25_0000n, uses: 1 });
    await trader.do('claimCode', { code: 'LECTURE7' });
    const { account } = await trader.do('openAccount', { name: 'Bea’s market maker' });
    await trader.do('makeTransfer', {
        toAccountId: account.accountId,
        amount: 2000_0000n,
        memo: 'To begin with',
    });
    for (const name of ['Chris Okafor', 'Dana Silva', 'Emil Novak']) {
        const toAccountId = trader.accounts.get(name) ?? admin.accountId;
        await trader.do('makeTransfer', { toAccountId, amount: 12_5000n, memo: 'Lunch' });
    }
    await trader.do('createApiKey', { name: 'Market maker', accountId: account.accountId });
    await trader.do('createApiKey', { name: 'Notebook', readOnly: true });
    await trader.do('openRoom', {
        slug: 'lab',
        name: 'Bea’s lab',
        joinPolicy: 2,
        openingBalance: 1000_0000n,
        whoMayCreateMarkets: 1,
    });
    await trader.do('cancelAfter', { timeoutMs: 86_400_000 });
}
