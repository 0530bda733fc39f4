// What there is to look at, and how one gets there.

const at = (path, heading) => async (page) => {
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor({ state: 'attached' });
};

const OF_A_TRADER = [
    { name: 'markets', open: at('/', 'Markets') },
    {
        name: 'market',
        open: async (page) => {
            await page.goto('/');
            const first = page.getByRole('table', { name: 'Running markets' }).getByRole('link').first();
            const name = (await first.textContent()) ?? '';
            await first.click();
            await page.getByRole('heading', { level: 1, name }).waitFor();
        },
    },
    { name: 'portfolio', open: at('/portfolio', 'Portfolio') },
    { name: 'leaderboard', open: at('/leaderboard', 'Leaderboard') },
    { name: 'transfers', open: at('/transfers', 'Transfers') },
    { name: 'accounts', open: at('/accounts', 'Accounts') },
    { name: 'rooms', open: at('/rooms', 'Rooms') },
    { name: 'help', open: at('/help', 'Help'), fullPage: false },
    { name: 'docs', open: at('/docs', 'Docs'), fullPage: false },
    { name: 'docs-order', open: at('/docs#PlaceOrder', 'Docs'), fullPage: false },
    { name: 'sign-in', open: at('/setup', '') },
];

const OF_A_NEWCOMER = [
    { name: 'welcome', open: at('/', 'Markets') },
    {
        name: 'first-trade',
        open: async (page) => {
            await page.goto('/');
            await page.getByRole('button', { name: 'Start practice' }).click();
            await page.getByRole('region', { name: 'Your first trade' }).waitFor();
        },
    },
    {
        name: 'first-trade-left',
        open: async (page) => {
            await page.getByRole('button', { name: 'Leave practice' }).click();
            await page.getByRole('heading', { level: 1, name: 'Markets' }).waitFor({ state: 'attached' });
        },
    },
];

/** Before anybody has signed in on this browser. */
const OF_A_VISITOR = [
    {
        name: 'join',
        open: async (page) => {
            await page.goto('/join/main');
            await page.getByLabel('Name').waitFor();
        },
    },
    {
        name: 'join-unknown-room',
        open: async (page) => {
            await page.goto('/join/no-such-room/ABCDEFGH');
            await page.getByLabel('Name').waitFor();
        },
    },
];

const part = (name) => ({
    name: `admin-${name.toLowerCase().replace(' ', '-')}`,
    open: async (page) => {
        await page.goto('/admin');
        const on = page.getByRole('button', { name: 'Turn on admin powers' });
        const tab = page.getByRole('tab', { name });
        await on.or(tab).first().waitFor();
        if (await on.isVisible()) await on.click();
        await tab.click();
    },
});

const OF_AN_ADMIN = [
    { name: 'admin-off', open: at('/admin', 'Admin') },
    ...['Markets', 'Members', 'Money', 'Room', 'Health', 'Audit log'].map(part),
    {
        name: 'person',
        open: async (page) => {
            await part('Members').open(page);
            await page.getByRole('table', { name: 'Members' }).getByRole('link').nth(1).click();
            await page.getByRole('region', { name: 'Positions' }).waitFor();
        },
    },
    {
        name: 'projector',
        fullPage: false,
        open: async (page) => {
            await part('Room').open(page);
            await page.getByRole('button', { name: 'Projector view…' }).click();
            await page.getByRole('dialog').getByLabel('Address').waitFor();
        },
    },
    // Read by somebody who is a member already: it leads into the room.
    { name: 'join-as-member', open: at('/join/main', '') },
    {
        name: 'notices',
        open: async (page) => {
            await page.goto('/');
            await page.getByRole('button', { name: /^Notices/ }).click();
            await page.getByRole('heading', { name: 'Notices' }).waitFor();
        },
    },
];

export function pagesOf(role) {
    if (role === 'visitor') return OF_A_VISITOR;
    if (role === 'admin') return OF_AN_ADMIN;
    return role === 'trader' ? OF_A_TRADER : OF_A_NEWCOMER;
}
