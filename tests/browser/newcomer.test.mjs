// A newcomer's path through the console alone, every step found by its label: a report by text, its yes, a campaign.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openPage, signIn } from "./support/browser.mjs";
import { startDaemon } from "./support/daemon.mjs";

const report = 'toi bi chong danh o Than Uyen <img src=x onerror="document.title=1"> \u202e😭';
let daemon, browser;
const faults = [];
before(async () => {
  daemon = await startDaemon();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
});

test("a citizen's text is a case on the open desk, and a facility's yes is seen", async () => {
  const desk = await openPage(browser, { faults });
  await signIn(desk, daemon.address, "lan");
  await desk.getByRole("link", { name: "Bàn trực" }).click();
  await desk.getByText("Không có vụ việc nào.").waitFor();

  const phones = await desk.context().newPage();
  await phones.goto(`${daemon.address}/#/phones`);
  const handset = phones.getByRole("region", { name: "Điện thoại 0912345678" });
  await handset.getByLabel("Nội dung tin nhắn").fill(report);
  const sent = Date.now();
  await handset.getByRole("button", { name: "Gửi đến tổng đài" }).click();
  const row = desk.getByRole("row").filter({ hasText: "Xã Than Uyên" });
  await row.waitFor();
  console.log(`the case was on the desk ${Date.now() - sent} ms after the text`);

  await row.getByRole("link").click();
  await desk.getByRole("button", { name: "Đọc lời kể và số điện thoại" }).click();
  await desk.getByText('onerror="document.title=1"').first().waitFor();
  assert.equal(await desk.locator("img").count(), 0, "a citizen's words are words");
  assert.match(await desk.title(), /^Bảng làm việc/);

  const code = desk.url().split("/").at(-1);
  const facility = await openPage(browser, { faults, size: { width: 390, height: 844 } });
  await signIn(facility, daemon.address, "tram");
  await facility.getByRole("button", { name: "Nhận", exact: true }).click();
  await facility.getByRole("dialog").getByRole("button", { name: "Nhận", exact: true }).click();
  await facility.getByRole("heading", { name: "Chúng ta đang giữ" }).waitFor();
  await desk.getByRole("button", { name: "Tải lại" }).click();
  await desk.getByText("Đã có nơi nhận").first().waitFor();
  assert.match(daemon.cli("case", "show", code), /accepted/);
});

test("what would give somebody away is named as it is typed, and cannot be sent", async () => {
  const desk = await openPage(browser, { faults });
  await signIn(desk, daemon.address, "lan");
  await desk.getByRole("link", { name: "Bàn trực" }).click();
  await desk.getByRole("tab", { name: "Đã có nơi nhận" }).click();
  await desk.locator("[data-row]").first().click();
  await desk.getByLabel("Nội dung", { exact: true }).fill("Cong an se den");
  await desk.getByText("Có từ có thể gây nguy hiểm.").waitFor();
  assert.equal(await desk.getByRole("button", { name: "Gửi…" }).isDisabled(), true);
  await desk.getByLabel("Nội dung", { exact: true }).fill("Toi se goi lai sau");
  await desk.getByText("Có từ có thể gây nguy hiểm.").waitFor({ state: "detached" });
});

test("one person writes a campaign, another approves it", async () => {
  const author = await openPage(browser, { faults });
  await signIn(author, daemon.address, "tac");
  await author.getByRole("link", { name: "Chiến dịch" }).click();
  await author.getByRole("link", { name: "Chiến dịch mới" }).click();
  await author.getByLabel("Tên chiến dịch").fill("Tháng hành động");
  await author.getByRole("checkbox", { name: /can-bo/ }).check();
  await author.getByLabel("Nội dung", { exact: true }).fill("Chấm dứt bạo lực, vun đắp yêu thương");
  await author.getByText("1 tin mỗi người.").waitFor();
  await author.getByLabel("Khung giờ trong ngày").fill("00:00-24:00");
  await author.reload();
  assert.equal(await author.getByLabel("Tên chiến dịch").inputValue(), "Tháng hành động", "what is typed outlives a reload");
  await author.getByRole("button", { name: "Lưu bản nháp" }).click();
  await author.getByRole("button", { name: "Trình duyệt" }).click();
  await author.getByRole("dialog").getByRole("button", { name: "Trình duyệt" }).click();
  await author.getByText("Người khác phải duyệt").waitFor();
  assert.equal(await author.getByRole("button", { name: "Duyệt và cho gửi" }).count(), 0);

  const approver = await openPage(browser, { faults });
  await signIn(approver, daemon.address, "duyet");
  await approver.getByRole("link", { name: "Chiến dịch" }).click();
  await approver.getByRole("link", { name: "Tháng hành động" }).click();
  await approver.getByRole("button", { name: "Duyệt và cho gửi" }).click();
  await approver.getByRole("dialog").getByRole("button", { name: "Duyệt và cho gửi" }).click();
  await approver.getByText("Đã xong").first().waitFor({ timeout: 30_000 });
  await approver.getByText("Đã xử lý 105 trên 105").waitFor();
});

test("the quick exit leaves a calendar, and no way back", async () => {
  const desk = await openPage(browser, { faults });
  await signIn(desk, daemon.address, "lan");
  await desk.getByRole("link", { name: "Bàn trực" }).click();
  await desk.getByRole("button", { name: "Thoát nhanh" }).click();
  await desk.waitForURL(/calendar\.html/);
  await desk.goBack().catch(() => null);
  assert.equal(await desk.locator(".shell").count(), 0);
  await desk.goto(daemon.address);
  await desk.getByLabel("Tên đăng nhập").waitFor();
});

test("no page threw", () => assert.deepEqual(faults, []));
