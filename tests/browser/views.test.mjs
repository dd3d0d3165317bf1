// Each view that the navigation shows to each role: nothing that axe-core finds, nothing that runs over, on a desk's screen
// and on a phone's, in both languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openPage, signIn, violations } from "./support/browser.mjs";
import { people, startDaemon } from "./support/daemon.mjs";

let daemon, browser;
before(async () => {
  daemon = await startDaemon();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
});

for (const [name, role] of Object.entries(people)) {
  test(`the views of ${role}`, async () => {
    const found = [];
    const page = await openPage(browser, { bypassCSP: true, faults: found }); // axe is put in by the test
    await signIn(page, daemon.address, name);
    const addresses = await page.locator("nav a[href^='#/']").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.ok(addresses.length > 1, "there is a navigation");
    for (const language of ["vi", "en"]) {
      for (const address of addresses) {
        await page.goto(`${daemon.address}/${address}`);
        await page.locator("h1").waitFor();
        await page.getByText(/^(Đang tải…|Loading…)$/).first().waitFor({ state: "detached" });
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: 900 });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (over > 0) found.push(`${address} ${language} runs over by ${over} px at ${width}`);
          found.push(...(await violations(page)).map((one) => `${address} ${language} ${width}: ${one}`));
        }
        await page.setViewportSize({ width: 1440, height: 900 });
      }
      const other = page.getByRole("button", { name: "English" });
      if (await other.count()) await other.click();
    }
    assert.deepEqual(found, []);
  });
}
