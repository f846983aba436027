"""Draw the briefs that the reports are written from: ``python annotations/draw_briefs.py > annotations/briefs.csv``.

Every row is one report to write. The dimensions are drawn so that neighbouring rows differ in all of them; the seed is fixed,
so that the table can be extended without changing the rows already written.
"""

import csv
import random
import sys

REGIONS = (
    "甘肃 贵州 黑龙江 浙江 新疆 湖南 内蒙古 福建 山西 广西 陕西 江西 云南 辽宁 安徽 青海 四川 吉林 江苏 重庆 宁夏 海南 湖北 广东 西藏 天津 河南 山东 北京 上海"
).split()
ISSUERS = (
    "镇政府", "县级局（水务/农业/教育/民政/统计…）", "街道办事处", "地级市政府", "乡政府（民族乡优先）", "市级局（住建/交通/环保/卫生/文旅…）", "县（自治县/旗）政府",
    "省级厅局（教育/水利/审计/商务/林业…）", "开发区/高新区/新区管委会", "区级局（城管/司法/市场监管/发改…）", "垂直管理机关（税务/气象/海关/烟草/统计调查队）",
    "县级市政府", "省（自治区/直辖市）政府或其办公厅", "教育局或学校主管部门/高校", "镇（用县名+镇名）", "市辖区政府", "公安局/消防/应急管理局", "兵团团场/林区/农场管理局",
    "医保局/退役军人局/乡村振兴局等新机构", "政务服务（数据）管理局/行政审批局",
)
LAYOUTS = {
    "prose": ("自由散文，5–8个部分", "条例第32条式：概述、主动公开、依申请、收费、复议诉讼、问题改进", "短报告（300–700字），一段一事", "详尽报告（2000–3000字），分重点领域", "问答或要点式，段首小标题带句号"),
    "annex": ("2014–2018式十段：概述、组织领导、重点领域、主动公开、依申请、收费、复议诉讼、保密审查、事业单位、问题", "国务院要点式：五公开、重点领域、解读回应、平台、依申请、问题，文末附统计表（单元格竖排或连写，不标注）", "以数字为主的概述，分类占比齐全"),
    "form2019": ("六部分，表格数字连写（不标注），总体情况五小节", "六部分，表格被爬虫丢掉只剩标题", "六部分，表格一格一行（不标注）"),
    "form2021": ("六部分，总体情况（一）至（五），表格丢失只剩标题", "六部分，表格数字连写（不标注）", "六部分，Markdown表格（不标注）", "六部分，正文很短，事项“无”"),
}
NUMBERING = ("一、（一）1.", "一是二是三是，分号连接", "一是二是三是，句号隔开并各带一句展开", "第一，第二，", "无编号，只分段", "●/▲/-项目符号", "（1）（2）", "①②③", "全文一行不换行")
NOISE = (
    "无", "每35字左右硬换行（句中断行）", "页码行（- 3 -、第 2 页 共 5 页、— 4 —）夹在句中", "爬虫页头：面包屑、发布时间、来源、浏览次数、字号", "[bookmark: _GoBack]等残留和多余空行", "数字和年份里有空格（2 016 年、1 2 条）",
    "全角半角标点混用，逗号用,", "全角数字（２０１５年、８６条）", "全文用连续全角空格代替换行", "表格与正文粘连，标题与正文粘连", "页脚：打印本页、关闭窗口、责任编辑、扫一扫", "错别字和漏字，标点重复",
)
FACTS = (
    "总数+分类占比", "总数+分渠道", "只有一个渠道的数", "总数+历年累计+电子化率", "无总数，只有分类", "申请数+渠道+各种结果", "申请数+上年结转+结转下年", "申请为零", "申请数（答复即办结，无结果）", "收费为零", "有收费金额或减免", "复议诉讼为零（同句）",
    "复议若干及结果", "诉讼若干及结果", "举报投诉为零", "人员专职兼职", "专门机构、查阅点", "会议、培训班、受训人次", "新闻发布会、在线访谈、政策解读", "联系方式", "统计期限", "署名日期", "经费安排",
)
ODDITIES = (
    "与去年比较的数字（不得填）", "建议提案办理数、12345热线数、业务数字", "下属单位或全市系统的数字与本机关的数字并存", "分类之和与总数不符", "数字用中文（三十六条、两次）", "万、亿单位", "“余”“近”“约”“多”“超过”", "占比百分数加起来不是100", "法规带〈〉嵌套和文号", "机构名长而嵌套（县委县政府信息公开领导小组办公室）",
    "报告在《》里自称", "移交档案馆图书馆的数", "同一事实说两遍（总述与分述）", "一句话里否认四五件事", "用“零申请”“0诉讼”“均为0”等否认", "问题写得委婉，不出现“问题”二字", "改进措施夹在问题段里", "上一年问题的整改情况（已做的是措施）", "媒体刊物在《》里", "领导讲话精神、党的会议等开头套话", "简称（区水利局、市教委、省人大办）很多", "手机报、抖音、视频号、村村通广播等渠道", "粉丝数、浏览量、阅读量", "公示栏、宣传册、明白纸的数",
)
YEARS = {"prose": range(2008, 2015), "annex": range(2013, 2019), "form2019": range(2019, 2021), "form2021": range(2021, 2026)}
WRITERS = (("a", "train", 16), ("b", "train", 16), ("c", "train", 16), ("d", "train", 16), ("e", "train", 16), ("f", "train", 16), ("g", "dev", 12), ("h", "dev", 12),
           ("i", "train", 16), ("j", "train", 16), ("k", "train", 16), ("l", "train", 16),
           ("m", "train", 16), ("n", "train", 16), ("o", "train", 16), ("p", "dev", 16))


def main() -> None:
    rng = random.Random(20080501)  # the day the Regulation came into force
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow("id split region issuer year era layout numbering noise facts oddities".split())
    row = 0
    for writer, split, size in WRITERS:
        regions = rng.sample(REGIONS, len(REGIONS))
        issuers = rng.sample(ISSUERS, len(ISSUERS))
        noise = rng.sample(NOISE, len(NOISE))
        for i in range(size):
            era = ("prose", "annex", "form2021", "prose", "annex", "form2019", "annex", "form2021")[(row + i) % 8]
            facts = "；".join(rng.sample(FACTS, rng.randint(6, 10)))
            out.writerow([
                f"{writer}{i + 1:02}", split, regions[i % len(regions)], issuers[i % len(issuers)], rng.choice(YEARS[era]), era,
                rng.choice(LAYOUTS[era]), NUMBERING[(i * 4 + row) % len(NUMBERING)], noise[i % len(noise)] if i % 4 else "无",
                facts, "；".join(rng.sample(ODDITIES, 4)),
            ])
        row += 3


if __name__ == "__main__":
    main()
