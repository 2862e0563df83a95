import { describe, expect, test } from 'vitest';
import { compileTopics } from '../../src/topics/compile.ts';
import { shippedRules, topicsOf } from './rules.ts';

/**
 * Ordinary words in which a short term of a topic comes about where two others meet: 国内存款 holds 内存. Beside
 * each topic those that must not give it, alone and within a headline.
 */
const ordinary: Readonly<Record<string, string>> = {
  ai: '智能体育公园 智能体验店 智能体检中心 可灵活安排 可灵巧避开 预算力度 核算力求准确 逻辑量子位 开通义务热线 精通义理 三千问答 红豆包 绿豆包 黏豆包',
  chips:
    '国内存量房 国内存款 校内存包柜 场内存放 海内存知己 物流片区 交流片段 主流片方 知识广博通达 上海思考 西安谋划 明显卡顿 密封测试 东南亚科学家 intellectual',
  ev: '日本田径队 发起亚太倡议 唤起亚洲记忆 皮卡丘主题店 创新车间 更新车道 刷新车票 大吉利市 图个吉利 充电车位 轨道停电车站 学问界 访问界面 吉利话 骏马奔驰',
  robot:
    '机械手表 机械手续费 欢乐聚会 音乐聚餐 两人形成默契 人形象牌 第四足球场 智元素养 仓库卡位 春节卡片 细节卡点 穿越疆域 白云深处',
  macro:
    '中央行政区 成就业界标杆 专利率先突破 毛利率 两会场 理财政策宣讲会议室 损失业务 压缩表格 浓缩表述 白马鲍尔默 非农业',
  us: '收纳指南 报道指出 街道指导员 付费半年 归纳指甲',
  cn: '南通、苏州两市 两市民 首创指南 开创指引 相连板块 其中概念 其中概括 两融合 碳酸锂涨停 多晶硅跌停',
  intl: '首日股票 明日股东大会 跳舞台股东 外卖平台股权',
  crypto: '采矿机械 选矿机电 人民币安全',
  commod:
    '文化工作 优化工序 强化工艺 深化工程 量化工具 绿化工人 近期货运 长期货源 短期货币 定期货车 同期货值 大热卷入 黄金周 白银市 棉花糖',
  pharma: '大礼来袭 献礼来临 厚礼来了 关联影响 简单抗议 对手术语 默克尔 罗氏沼虾',
  energy:
    '暂停电影 暂停电视 暂停电梯 智能源代码 功能源于 可能源自 性能源于 家电网友 家电厂商 有限电视 考核能力 审核能否 审核电子 台风电影 作风能否',
  earn: '春季报名 秋季报到 夏季报考 本季报社 设计提升 合计提高 统计提供 累计提取 运营收费 经营收缩 干预增加 非盈利',
  geo: '百元首付 千元首发 万元首销 挑战机遇 作战机制 实战机会 财政变化 行政变更 市政变迁工程 控制裁员 社交战略 外交战术 冠军事迹 冠军方阵 亚军队员 干部队伍 俱乐部队员 指导弹性 引导弹出 考核试验 审核协议 湖北约百人 河北约有 带领事业 率领事务 采访华商 走访华侨 消防长效 预防长期 不停火车 增加沙拉 添加沙子 大古巴士 也门庭若市 朝鲜族 哥伦比亚大学 反制造 联合国内 海关税收',
  vc: '高举牌子 列举牌照 挑战投篮 备战投放 传递表示 投递表格 第一股东 参股企业',
  fin: '管理财务 整理财政 物资管理 外资管理 工资管控 库存款式 留存单据 风险企图 探险企业家 安全生产险情 特征信号 长征信息 白银行情 黄金银行情 时间银行 保险杠 基金业绩',
  tech: '选手机会 对手机构 杀手机关 助手机械 牵手机遇 海外卖家 场外卖盘 国外卖方 机电商会 618亿元 618点 618人 优惠普及 实惠普通 携手环保 双手环绕 真相机密 广大疆域 尽快手续 快手续办 携程序 推特色 主推特价 科技嘉年华 电网购电 精彩电影 眼镜蛇',
  frontier: '量子基金 走低空间 压低空头 电脑机箱 电脑机房 大脑机制 电脑电池 电脑电源 卫星城 火箭队',
  prop: '工商办理 招商办事 企商办公 更新房车 创新房型 建成屋顶 完成屋面 票房价 药物业务 上万科研人员 二手房车',
};

const classifier = compileTopics(shippedRules());

describe.each(Object.entries(ordinary))(
  'no word that only holds a term is of the topic %s',
  (topic, words) => {
    test.each(words.split(' '))('%s', (word) => {
      for (const title of [word, `我市${word}，各方关注`, `「${word}」`])
        expect(topicsOf(classifier, title)).not.toContain(topic);
    });
  },
);

test.each([
  ['In vivo study of reagents finds new opportunity', []],
  ['The manuscript describes a nasal spray with sorafenib', []],
  ['Intellia and Intelsat report intelligence on drama', []],
])('nor an English one: %s', (title, topics) => {
  expect(topicsOf(classifier, title)).toEqual(topics);
});
