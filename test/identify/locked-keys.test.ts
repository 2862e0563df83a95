import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { titleHash, titleKey, titleRulesVersion } from '../../src/identify/title-key.ts';
import { foldVersion } from '../../src/text/fold.ts';

/**
 * Keys that were written by hand, and their SHA-256 by another program. Where one of them changes, so do hashes
 * that are stored: `titleRulesVersion` or `foldVersion` has to change with it, here and there.
 */
const locked: readonly (readonly [title: string, key: string, hash: string])[] = [
  [
    '软银与OpenAI达成修订协议，涉及增加投资225亿美元',
    '软银与openai达成修订协议涉及增加投资225亿美元',
    '30d4999cc8796bb281a974309fd4b968f0a2adc5516ccc5b3b3d256fb230357b',
  ],
  [
    '中國AI迎「華為時刻」',
    '中国ai迎华为时刻',
    '5a7f1fd23c5ceae991d0948cd6fd325013ccf795919adb2cbcb31f4455df94fe',
  ],
  [
    'Lucid去年交付新车15,841辆，同比增长55%',
    'lucid去年交付新车15841辆同比增长55%',
    'a7753ef4e7d4997ad1c780782d60d9fe9f09b00d40616b35299e4dffbdd40ea5',
  ],
  [
    '財聯社1月6日電，湖港開通夜航',
    '湖港开通夜航',
    '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020',
  ],
  [
    '新华社北京1月6日电（记者李明）湖港开通夜航',
    '湖港开通夜航',
    '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020',
  ],
  [
    '《科创板日报》6日讯，湖港开通夜航',
    '湖港开通夜航',
    '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020',
  ],
  [
    '〔記者王明／台北報導〕湖港開通夜航',
    '湖港开通夜航',
    '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020',
  ],
  [
    '【明報專訊】湖港開通夜航',
    '湖港开通夜航',
    '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020',
  ],
  [
    '36氪获悉，湖港开通夜航',
    '湖港开通夜航',
    '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020',
  ],
  [
    '智通财经APP获悉，湖港开通夜航',
    '湖港开通夜航',
    '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020',
  ],
  [
    '（中央社台北6日電）湖港開通夜航',
    '湖港开通夜航',
    '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020',
  ],
  [
    '【台北訊】湖港開通夜航',
    '湖港开通夜航',
    '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020',
  ],
  [
    '每经AI快讯，湖港开通夜航',
    '湖港开通夜航',
    '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020',
  ],
  [
    '腾讯，湖港开通夜航',
    '腾讯湖港开通夜航',
    'b7fa9cf0ba294bbf038a19b2491a821801e2f0ca3b9d805eeeffaf4c2a3bc295',
  ],
  [
    'A股1月6日电，湖港',
    'a股1月6日电湖港',
    'ea69ecbaed12f55a97d9eb212f7af9090dd1afc64f4bfd95ed766bdd27eba392',
  ],
  ['歼-35亮相', '歼35亮相', '67f8fdb2a036bdcbebfdeef7e84e8883c3c7b8bd59f128a986514e5e723fae99'],
  ['盘点——2025年', '盘点2025年', '1e1cea8a90d1b387563b1e06d6d861a92769e00fbc649e473bc6de59e0fcb015'],
  [
    '气温-5℃，风力3～5级',
    '气温\u02D75°c风力3-5级',
    '7f19b9cbc3d0ef389c20c27b379d67011785fcfdb3206197cfbe368a4f7cd5f1',
  ],
  ['-10～-5℃', '\u02D710-\u02D75°c', 'ed20a3a2adca1be3e19f113b2d1aea86b3478891c23ebea4c8c2554fc8fd62cc'],
  ['跌10 - 15点', '跌10-15点', '1171f275757abeea1943862f1473d2a9652d8c3bc05d93a8defea103bedfd392'],
  ['涨5 %', '涨5%', '06841c12b9135e05411c56117c163be6a4eaf4bb258ddd8588299db04c1c2ed0'],
  ['主队2∶1取胜', '主队2:1取胜', '1b34ffad0836750c652b369e7d67efcd79008bae0950ba6b6cea6847c4805c39'],
  ['9·11纪念日', '9.11纪念日', '1052ca4e2d2153daa54eb9ba0935a32187c6716a173a438ce845c365867e8d08'],
  ['C＋＋与C#教程', 'c++与c#教程', 'b5641710b3c9329316e89d4ddd1604b84c948b5d5d65c05e554f5dcf98bf1048'],
  ['$ 5与£5', '$5与£5', '089fbfedc0f819426429aaa80167613561def9742a7d4120a9107e7610c146ad'],
  ['81.7％', '81.7%', '0e7f1d71a6e9a89d1e0b6ac2ff90856a4e867c61348351dcdfffefeb665dbe4a'],
  [
    '２０２６年１月２１日',
    '2026年1月21日',
    'b18fa2a4b814799a1ca7a01d7f73267797be06854e2061d447e5f2f9728a0e49',
  ],
  ['1/21与12/1', '1/21与12/1', '41820c62a554604b62ae693180621965fe9b274a4c42b1726b3725e7fcdceb99'],
  ['二○二六年', '二〇二六年', '25608e26633cbeea802381fd7606dd85df284e2ce294781a00388df23933c4fd'],
  ['⻓安汽车⾦融', '长安汽车金融', 'd569b123111b5a41627cb986646c5823023436783132d966c5a71e90f109ec78'],
  ['顯著增長', '显着增长', '16398ee9f7173b91e80aeaaadaa180bd89a20df617ddc4d13962adc542661175'],
  [
    '衞生部門查驗身分',
    '卫生部门查验身份',
    '3ff5f8d9ac32f7464d5925ab80e8634247f9f027b1378b367aefa87c2f98e7bb',
  ],
  ['帳戶安全', '账户安全', '025ce9384760db2fa9722c247d7e78bd76123c69350d680677e26fac69ac695f'],
  ['帐户安全', '账户安全', '025ce9384760db2fa9722c247d7e78bd76123c69350d680677e26fac69ac695f'],
  ['英矽智能遞表', '英矽智能递表', '88df0c5b77db19b1aa32722585c354f23997c4319d0af299f96b6aaec0303779'],
  ['什麼時候', '什么时候', '43a188d1cb55aeb4c7798bbb85e751d9269274f10912494853f42624b5b6196e'],
  ['乾隆年間的瓷器', '乾隆年间的瓷器', 'cfcee18c8c8de3ce640c5728387ba447984eb2439d065b46e1ed0acb1dad39b0'],
  ['湖港丨开通夜航', '湖港开通夜航', '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020'],
  ['湖港｜开通夜航', '湖港开通夜航', '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020'],
  ['「湖港」開通夜航！', '湖港开通夜航', '6b38d9e1021d518b84b06c37beed1c34866e8c0e44630fa6c0a4a9c753bbf020'],
  ['Ⅲ期臨床', 'iii期临床', '37fb50ac6fa18e498732c357a5e9da99ea3a44792e90f6450dc6b47caacf2040'],
  ['① 湖港', '1湖港', '83e83516d9028fa9c05864e35feeedce3b1a254e6f984d2a735aec2c29f0db43'],
  ['ﬁnance weekly', 'financeweekly', 'de48f98a4a72e2252b1be933fed7916b731cc0eb6a5e8be8b168fc818c4c7b4d'],
  ['Straße gesperrt', 'straßegesperrt', '7fec68ec6a2ed08b3fc508058a873f5fb177e3124ce066e9fa8012bbf26bb360'],
  ['Über 5 °C', 'über5°c', '6b520fb39da325fdaecf017cd27a1f8d4fb8d22c84687e47b34012b365f4d234'],
  ['ｶﾞｲﾄﾞ', 'ガイド', '56586ef933c234de954d897885381e02b831f8917049e1bc21c9c6533efa017a'],
  [
    '한국은행 기준금리',
    '한국은행기준금리',
    'ebbac47473557aca5beca0b9d7f0f0d5e79188742dfd23ff024dec6e5d5725c7',
  ],
  ['iPhone 18 Pro+', 'iphone18pro+', '8fa0e3c21e924df04b9c5e9d2b180262c00825caf7b9a3e4ce71797842eb5fb2'],
  ['1,000万与1，000万', '1000万与1000万', '6ed711d2a1b8c8178b2463c8cd55c8d4b3baae476bd6e62aae9b70c22a9f072d'],
  [
    '涨+5%后跌\u22125%',
    '涨\u02D65%后跌\u02D75%',
    'fa5fd04760ba5d31ea39b8de28a78d15b4d6bc666705cf507ebf739889f1c9ff',
  ],
  ['两亿与2亿', '两亿与2亿', '5b2293ca67ba273e8a4640d0809269b59d1274cf7f6a67fa8d469b51a558c124'],
];

test('keys change with their version only', () => {
  expect(titleRulesVersion).toBe(2);
  expect(foldVersion).toBe('1, opencc-js 1.4.2');
  expect(locked.map(([title]) => titleKey(title))).toEqual(locked.map(([, key]) => key));
  expect(locked.map(([title]) => titleHash(title))).toEqual(locked.map(([, , hash]) => hash));
});

test('the fold’s version names the tables that are installed', () => {
  const main = createRequire(import.meta.url).resolve('opencc-js');
  const { version } = JSON.parse(
    readFileSync(`${main.slice(0, main.lastIndexOf('/dist/'))}/package.json`, 'utf8'),
  ) as { version: string };
  expect(foldVersion).toContain(`opencc-js ${version}`);
});
