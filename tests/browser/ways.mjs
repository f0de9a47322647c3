// What each role does, step by step, as a person would by what the page says.
import assert from 'node:assert/strict';
import { join } from 'node:path';

const password = 'wangqian-demo';
const employer = '91510107MAA31L7A7C';

async function says(page, words) {
  const text = await page.locator('body').innerText();
  assert.ok(text.includes(words), `the page does not say 「${words}」: ${text.slice(0, 400)}`);
}

async function logIn(page, base, door, account, secret, school) {
  await page.goto(`${base}${door}/login`);
  if (school) await page.getByLabel('院校代码').fill(school);
  await page.locator('#account').fill(account);
  await page.getByLabel('密码', { exact: true }).fill(secret);
  await page.getByRole('button', { name: '登录' }).click();
}

// Credit codes that nobody has, one for each run, with their true check character (GB 32100).
let given = 0;
function newCreditCode() {
  const digits = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  const body = '91510107';
  const organisation = `MA9${String(10000 + ++given).slice(1)}`;
  const all = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const inner = [3, 7, 9, 10, 5, 8, 4, 2].reduce((sum, weight, i) => sum + weight * all.indexOf(`${organisation}X`.slice(0, 8)[i]), 0);
  const check = 11 - (inner % 11);
  const code = `${body}${organisation}X${check === 10 ? 'X' : check === 11 ? '0' : check}`.slice(0, 17);
  const sum = [...code].reduce((total, c, i) => total + digits.indexOf(c) * weights[i], 0);
  return code + digits[(31 - (sum % 31)) % 31];
}

export const ways = {
  async public({ page, base, shot }) {
    await page.goto(base);
    await says(page, '毕业生网上签约');
    await shot('start');
    await page.getByRole('link', { name: /核验协议书/ }).click();
    await page.locator('#code').fill('7K2M-9QX4');
    await page.getByRole('button', { name: '核验' }).click();
    await says(page, '十二个字符');
    await shot('verify');
    await page.goto(`${base}/V/ABC`);
    await says(page, '未能核验');
    await shot('verified');
    await page.goto(base);
    await page.getByRole('link', { name: 'English' }).click();
    await says(page, 'Graduates');
    await shot('start-english');
    await page.getByRole('link', { name: '中文' }).click();
    await page.goto(`${base}/nothing-here`);
    await says(page, '找不到页面');
    await shot('not-found');
    await page.goto(`${base}/R/ABC`);
    await says(page, '链接无法识别');
    await shot('return-closed');
  },

  async opening({ page, base, shot, folder }) {
    await page.goto(base);
    await page.getByRole('link', { name: /注册单位账号/ }).click();
    await page.getByRole('button', { name: /注册，下一步/ }).click();
    await says(page, '处需要修改');
    await shot('open-faults');
    const values = { employer_name: '成都示例新设有限公司', credit_code: newCreditCode(), address: '示例路1号', contact_name: '周示例', contact_mobile: '13800020000', contact_email: 'hr@example.com', legal_representative: '韩示例', officer_name: '方示例', officer_id: '510108199903140010', officer_mobile: '13800200001', officer_email: 'officer@example.com', authorized_until: '2030-12-31', region: '朝阳', password_new: 'four odd words here', password_again: 'four odd words here' };
    for (const [name, value] of Object.entries(values)) await page.locator(`#${name}`).fill(value);
    await page.locator('#employer_nature').selectOption('39');
    await page.locator('#industry').selectOption('34');
    await page.getByRole('button', { name: /注册，下一步/ }).click();
    await says(page, '请选择是哪一个');
    await shot('open-region');
    await page.locator('input[name=region_chosen]').first().check();
    for (const name of ['password_new', 'password_again']) await page.locator(`#${name}`).fill(values[name]);
    await page.getByRole('button', { name: /注册，下一步/ }).click();
    await says(page, '还没有提交审核');
    await shot('account-new');
    const letter = page.waitForEvent('download');
    await page.getByRole('link', { name: /下载《网签授权书》/ }).click();
    assert.equal((await letter).suggestedFilename(), 'authorization-letter.pdf');
    await page.getByRole('button', { name: '提交审核' }).click();
    await says(page, '请上传盖章的授权书');
    await shot('account-missing');
    for (const kind of ['authorization_letter', 'business_licence']) await page.locator(`#${kind}`).setInputFiles(join(folder, 'stamped.png'));
    await page.getByRole('button', { name: '提交审核' }).click();
    await says(page, '已提交，等待审核');
    await shot('account-submitted');
  },

  async employer({ page, base, shot }) {
    await logIn(page, base, '/e', employer, 'not the password');
    await says(page, '信用代码或密码不对');
    await shot('login-wrong');
    await logIn(page, base, '/e', employer, password);
    await says(page, '单位邀约待答复');
    await shot('agreements');
    await page.getByRole('link', { name: '邀约毕业生' }).first().click();
    await page.locator('#name').fill('陆一鸣');
    await page.locator('#school').fill('锦江示例学院');
    await page.locator('#number').fill('0000');
    await page.getByRole('button', { name: '查找' }).click();
    await says(page, '没有三项都相符的毕业生');
    await shot('search-none');
    await page.locator('#number').fill('20231024');
    await page.getByRole('button', { name: '查找' }).click();
    await says(page, '邀约对象');
    await page.getByRole('button', { name: '发出邀约' }).click();
    await says(page, '处需要修改');
    await shot('invite-faults');
    await page.locator('#post').selectOption('13');
    await page.locator('#solves_household').selectOption('yes');
    await page.getByRole('button', { name: '发出邀约' }).click();
    await says(page, '邀约已发出');
    await shot('agreement');
    await page.getByText('撤回邀约', { exact: true }).first().click();
    if (await page.locator('#reason').count()) await page.locator('#reason').fill('名额已满');
    await page.getByRole('button', { name: '撤回邀约' }).click();
    await says(page, '单位已撤回');
    await shot('agreement-cancelled');
    await page.goto(`${base}/e/account`);
    await says(page, '已通过审核');
    await shot('account-approved');
    await page.goto(`${base}/password`);
    await shot('password');
    await page.getByRole('button', { name: '退出' }).click();
    await page.goto(`${base}/e`);
    await says(page, '用人单位登录');
  },

  async school({ page, base, shot }) {
    await logIn(page, base, '/s', 'school', 'wangqian', '99511');
    await says(page, '签约与去向');
    await shot('records');
    await page.locator('#text').fill('沈知夏');
    await page.getByRole('button', { name: '查找' }).click();
    await says(page, '沈知夏');
    assert.ok(!page.url().includes('%'), 'a name stands in the address');
    await page.getByRole('link', { name: '沈知夏' }).first().click();
    await says(page, '办理经过');
    await shot('record');
    for (const [path, words] of [['figures', '落实率'], ['settings', '两方协议'], ['warnings', '预警单位'], ['nodes', '加入新的网点']]) {
      await page.goto(`${base}/s/${path}`);
      await says(page, words);
      await shot(path);
    }
    await page.getByRole('button', { name: '生成加入码' }).click();
    await says(page, '99511-');
    await page.goto(`${base}/m`);
    await says(page, '没有权限');
    await shot('not-yours');
  },

  async province({ page, base, shot }) {
    await logIn(page, base, '/p', 'province', password);
    await says(page, '锦江示例学院');
    await shot('schools');
    await page.getByRole('link', { name: '锦江示例学院' }).click();
    await page.getByLabel('两方协议').check();
    await page.getByRole('button', { name: '保存' }).click();
    await says(page, '已保存');
    await shot('school');
    await page.goto(`${base}/p/figures`);
    await says(page, '锦江示例学院');
    await shot('province-figures');
  },

  async ministry({ page, base, shot, run }) {
    await logIn(page, base, '/m', 'ministry', password);
    await says(page, '单位审核');
    await shot('employers');
    await page.getByRole('link', { name: '上海示例银行股份有限公司' }).click();
    await says(page, '打款认证');
    await shot('employer');
    const fen = page.locator('details', { has: page.locator('#fen') });
    await fen.locator('summary').click();
    await page.locator('#fen').fill('500');
    await fen.getByRole('button').click();
    await says(page, '1 至 99 分');
    await shot('employer-fault');
    await page.getByRole('button', { name: '生成设置码' }).click();
    await says(page, '七天内有效');
    await page.goto(`${base}/m?state=returned`);
    await says(page, '四川天府示例电力有限公司');
    for (const [path, words] of [['warnings', '预警单位'], ['figures', '落实率'], ['takeover', '登记原就业网站账号']]) {
      await page.goto(`${base}/m/${path}`);
      await says(page, words);
      await shot(`ministry-${path}`);
    }
    assert.ok(run);
  },
};
