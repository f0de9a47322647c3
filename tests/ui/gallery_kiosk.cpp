#include "kiosk/ui/card.h"
#include "kiosk/ui/choice_field.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/picker.h"
#include "kiosk/ui/radio_cards.h"
#include "kiosk/ui/words.h"
#include "tests/ui/gallery.h"

#include <functional>
#include <map>

namespace wq::ui::gallery {
namespace {

const char* const kSchool = "天府示例大学";

// A page is a function that fills the body, with its footer.
struct Page {
    Screen::Body body = Screen::Body::scrolling;
    bool logged_in = true;
    std::function<void(Stack&)> build;
    std::vector<FooterButton> footer = {};
};

class PageScreen : public Screen {
  public:
    PageScreen(Shell& shell, std::string name, Page page)
        : Screen(shell, std::move(name), page.body), page_(std::move(page)) {}
    void build(Stack& body) override { page_.build(body); }
    std::vector<FooterButton> footer() override { return page_.footer; }

  private:
    Page page_;
};

void nothing() {}

void welcome(Stack& body) {
    body.set_padding(0);
    body.set_gap(0);
    Stack* halves =
        body.add(new Stack(&body, is_landscape() ? Axis::across : Axis::down, 0, Colour::brand), {1});
    Stack* hero =
        halves->add(column(halves, px(28), Colour::brand), is_landscape() ? Room{1} : Room{0, px(750)});
    hero->set_padding(px(80), px(40), px(80), px(40));
    hero->add_stretch(0.35);
    hero->add(new Label(hero, Type::hero, Colour::on_brand, "毕业生网上签约\n与毕业去向登记"));
    hero->add(new Label(hero, Type::lead, Colour::on_brand, "填写 · 打印 · 盖章 · 扫描回传，一次办完"));
    hero->add_stretch();
    Stack* cards = halves->add(column(halves, px(38), Colour::paper), {1});
    cards->set_padding(px(80), px(48), px(80), px(48));
    cards->add(new ActionCard(cards, "welcome.start",
                              {"开始办理", "使用学信网账号登录", Icon::play, Type::display}, nothing));
    Stack* two = cards->add(row(cards, px(28), Colour::paper));
    two->add(new ActionCard(two, "welcome.scan", {"扫描回传", "已盖章的协议书，放到扫描区即可，无需登录"},
                            nothing),
             {1});
    two->add(
        new ActionCard(two, "welcome.verify", {"验证协议书", "扫描协议上的二维码，核对真伪与状态"}, nothing),
        {1});
    cards->add_stretch();
    Stack* status = cards->add(row(cards, px(14), Colour::paper));
    for (const char* text : {"● 打印机就绪", "● 扫描仪就绪", "● 3 条待上报"})
        status->add(new Label(status, Type::small, Colour::muted, text));
    status->add_stretch();
    Stack* contact = is_landscape() ? cards : status;
    contact->add(new Label(contact, Type::small, Colour::muted, "就业指导中心 028-0000 0000"));
}

void confirm(Stack& body) {
    body.set_gap(px(20));
    body.add(new Label(&body, Type::title, Colour::ink, "请核对你的毕业生信息"));
    body.add(new Label(&body, Type::note, Colour::muted,
                       "信息来自学校就业部门。若有误，请联系就业指导中心更正后再签约。"));
    Card* card = body.add(new Card(&body));
    const int padding = metric(Metric::card_padding);
    card->set_padding(padding, px(16), padding, px(16));
    card->add(new KeyValueList(card, "confirm.facts",
                               {{"考生号", "21510107153001"},
                                {"姓名", "奚𬱖"},
                                {"性别", "女"},
                                {"出生日期", "1999-03-14"},
                                {"身份证号", "5101**********1224"},
                                {"生源省市", "四川省 成都市"},
                                {"民族", "汉族"},
                                {"政治面貌", "共青团员"},
                                {"毕业院校", kSchool},
                                {"层次", "博士"},
                                {"专业名称", "哲学"},
                                {"学制", "5"},
                                {"入学时间", "2016-09"},
                                {"毕业时间", "2021-06"},
                                {"培养方式", "非定向"}}));
}

void agreement_card(Stack& body) {
    Card* card = body.add(new Card(&body, px(22)));
    Stack* head = card->add(row(card, px(20), Colour::surface));
    head->add(new Label(head, Type::subheading, Colour::ink, "成都晨星软件有限公司"), {1});
    head->add(new Badge(head, Tone::blue, "就业协议审核通过"), {0, 0, true});
    card->add(new Label(card, Type::note, Colour::muted,
                        "签约发起人：本人 · 协议编号 202110610000172 · 6月3日 11:16"));
    card->add(new Steps(card, {"填写", "院系审核", "学校审核", "盖章回传", "鉴证", "完成"}, 3,
                        Steps::Done::success));
    card->add(new NoteBox(card, Tone::blue, "下一步：", "打印协议书，请单位盖章后扫描回传。"));
    Stack* buttons = card->add(row(card, px(28), Colour::surface));
    buttons->add(new Button(buttons, "home.print", "打印协议书", ButtonKind::primary, nothing), {1});
    buttons->add(new Button(buttons, "home.scan", "扫描回传", ButtonKind::secondary, nothing), {1});
    buttons->add(new Button(buttons, "home.employer", "由单位回传", ButtonKind::secondary, nothing), {1});
}

void home(Stack& body) {
    body.add(new Label(&body, Type::title, Colour::ink, "我的签约与去向"));
    agreement_card(body);
    Card* card = body.add(new Card(&body, px(16)));
    Stack* head = card->add(row(card, px(20), Colour::surface));
    head->add(new Label(head, Type::subheading, Colour::ink, "越综合企业"), {1});
    head->add(new Badge(head, Tone::amber, "单位邀约 · 待你答复"), {0, 0, true});
    card->add(new Label(card, Type::note, Colour::muted,
                        "邀约人：人事部 · 岗位：工程技术人员 · 请在 6月10日 前答复"));
    Stack* warning = card->add(row(card, px(12), Colour::surface));
    warning->add(new Badge(warning, Tone::red, "预警单位"), {0, 0, true});
    warning->add(new Label(warning, Type::note, Colour::danger, "已有 6 所高校标记：虚假宣传"), {1, 0, true});
    body.add_stretch();
    body.add(new Label(&body, Type::section, Colour::ink, "新增"));
    Stack* three = body.add(row(&body, px(28), Colour::paper));
    const auto card_text = [](const char* title, const char* text) {
        return CardText{title, text, Icon::none, Type::card, Type::small};
    };
    three->add(
        new ActionCard(three, "home.sign", card_text("新增签约", "还没签协议书，申请网上签约"), nothing),
        {1});
    three->add(
        new ActionCard(three, "home.supplement", card_text("新增补登", "已签纸质协议，补登信息"), nothing),
        {1});
    three->add(new ActionCard(three, "home.other", card_text("其他去向", "合同、升学、入伍、创业…"), nothing),
               {1});
}

Choices regions() {
    Choices choices;
    choices.level = [](const std::vector<std::string>& path) -> std::vector<Option> {
        if (path.empty())
            return {
                {"11", "北京市", "", "", "bjs", true},         {"50", "重庆市", "", "", "cqs", true},
                {"51", "四川省", "", "", "scs", true},         {"52", "贵州省", "", "", "gzs", true},
                {"53", "云南省", "", "", "yns", true},         {"54", "西藏自治区", "", "", "xz", true},
                {"61", "陕西省", "", "", "sxs", true},         {"62", "甘肃省", "", "", "gss", true},
                {"63", "青海省", "", "", "qhs", true},         {"64", "宁夏回族自治区", "", "", "nx", true},
                {"65", "新疆维吾尔自治区", "", "", "xj", true}};
        if (path.size() == 1)
            return {{"5101", "成都市", "", "", "cds", true}, {"5103", "自贡市", "", "", "zgs", true}};
        return {{"510107", "武侯区", "", "", "whq"}, {"510104", "锦江区", "", "", "jjq"}};
    };
    choices.label_of = [](const std::string& code) {
        return code == "510107" ? "四川省 成都市 武侯区" : "四川省 成都市 锦江区";
    };
    return choices;
}

Choices natures() {
    return flat_choices({{"10", "机关"},
                         {"20", "科研设计单位"},
                         {"21", "高等教育单位"},
                         {"22", "中初教育单位"},
                         {"23", "医疗卫生单位"},
                         {"29", "其他事业单位"},
                         {"31", "国有企业"},
                         {"32", "三资企业"},
                         {"39", "其他企业"},
                         {"40", "部队"},
                         {"55", "农村建制村"},
                         {"56", "城镇社区"}});
}

void form(Stack& body) {
    body.set_gap(px(22));
    body.add(new Steps(&body, {"1 单位", "2 岗位与联系人", "3 约定", "4 核对"}, 0, Steps::Done::brand));
    body.add(new Label(&body, Type::heading, Colour::ink, "签约单位"));
    FieldSpec employer{"form.employer", "单位名称", true, "单位全称"};
    employer.action = words().search;
    auto* name = body.add(new Field(&body, employer));
    name->set_value("成都天府");
    auto* found = body.add(new OptionList(&body, "form.found", [](const Option&) {}));
    found->set_options({{"1", "成都晨星软件有限公司", "91510100MA6CXXXX0K · 民营企业 · 信息技术"},
                        {"2", "成都天府晨光生物有限公司", "2 所高校标记", "预警单位"}});
    FieldSpec code{"form.code", "统一社会信用代码", true, "18 位"};
    code.upper_case = true;
    auto* credit = body.add(new Field(&body, code));
    credit->set_value("91510100MA6CXXXX1K");
    credit->set_error("校验位不对：第 18 位应为 0。请对照营业执照。");
    Stack* pair = body.add(row(&body, px(28), Colour::paper));
    pair->add(new ChoiceField(pair, "form.nature", "单位性质", true, natures()), {1});
    auto* region = pair->add(new ChoiceField(pair, "form.region", "通讯地址", true, regions()), {1});
    region->set_value("510107");
    FieldSpec terms{"form.terms", "协议补充内容", false, ""};
    terms.kind = FieldSpec::Kind::lines;
    terms.limit = 1000;
    body.add(new Field(&body, terms))
        ->set_value(
            "一、试用期三个月；二、乙方取得毕业证书后正式入职。联系人：奚𬱖");
    body.add(make_yes_no(&body, "form.residence", "单位是否解决户档", true))->set_value("yes");
    FieldSpec secret{"form.secret", "密码", true, "登录密码"};
    secret.kind = FieldSpec::Kind::password;
    body.add(new Field(&body, secret))->set_value("secret12");
}

void scan(Stack& body) {
    body.add(new Label(&body, Type::title, Colour::ink, "扫描盖章后的协议书"));
    body.add(new Label(&body, Type::note, Colour::muted, "请将协议书第 1 页平放在扫描区，二维码朝上。"));
    auto* view = body.add(new PageView(&body, "scan.page", PageView::Ground::dark), {1});
    view->set_picture(sheet({1240, 1754, true}));
    view->set_frame(Colour::found);
    view->set_marks({{0.2, 0.3, 0.3, 0.05}});
    Card* card = body.add(new Card(&body));
    card->add(new CheckList(card, "scan.checks",
                            {{Icon::check, Colour::success, "二维码有效：协议编号 202110610000172，本人"},
                             {Icon::check, Colour::success, "清晰、完整，共 2 页，已扫 1 页"},
                             {Icon::check, Colour::success, "检测到单位公章"},
                             {Icon::cross, Colour::danger, "有 1 处与签发的协议书不同，请核对"}}));
}

void record(Stack& body) {
    body.add(new Label(&body, Type::title, Colour::ink, "签约记录"));
    Card* card = body.add(new Card(&body));
    card->add(new Timeline(card, "record.history",
                           {{"退回修改", "学校 · 王老师 · 6月5日 09:12",
                             "单位名称与营业执照不一致，请核对后重新提交。", Tone::amber},
                            {"院系审核通过", "哲学系 · 李老师 · 6月4日 16:40", "", Tone::green},
                            {"提交", "奚𬱖 · 6月3日 11:16 · 一号自助机"},
                            {"暂存", "奚𬱖 · 6月3日 11:02"}}));
    body.add(new NoteBox(&body, Tone::amber, "注意：",
                         "协议书经学校审核通过后生效；生效后不能再签其他单位，同一时间只能有一份协议在办。"));
    body.add(new NoteBox(&body, Tone::red, "不能签约：", "你的培养方式为定向，请联系就业指导中心。"));
    body.add(new NoteBox(&body, Tone::green, "已提交：", "已在本机提交，等待同步。"));
}

void states(Stack& body) {
    body.add(new Label(&body, Type::heading, Colour::ink, "按钮"));
    int count = 0;
    Stack* line = nullptr;
    for (auto [kind, text] : {std::pair{ButtonKind::primary, "主要"},
                              {ButtonKind::secondary, "次要"},
                              {ButtonKind::quiet, "返回"},
                              {ButtonKind::success, "通过"},
                              {ButtonKind::warning, "退回修改"},
                              {ButtonKind::danger, "不通过"}}) {
        if (count++ % 3 == 0) line = body.add(row(&body, px(28), Colour::paper));
        line->add(new Button(line, "states." + std::to_string(count), text, kind, nothing), {1});
    }
    line = body.add(row(&body, px(28), Colour::paper));
    auto* off = line->add(new Button(line, "states.off", "不可用", ButtonKind::primary, nothing), {1});
    off->set_usable(false);
    auto* icon =
        line->add(new Button(line, "states.icon", "打印协议书", ButtonKind::secondary, nothing), {1});
    icon->set_icon(Icon::print);
    line = body.add(row(&body, px(16), Colour::paper));
    for (auto [tone, text] : {std::pair{Tone::blue, "待学校审核"},
                              {Tone::amber, "退回修改"},
                              {Tone::red, "预警单位"},
                              {Tone::green, "签约完成"}})
        line->add(new Badge(line, tone, text));
    line->add_stretch();
    Card* card = body.add(new Card(&body));
    Stack* icons = card->add(row(card, px(16), Colour::surface));
    for (Icon each : {Icon::print, Icon::scan, Icon::search, Icon::document}) {
        auto* shown = icons->add(new Button(icons, "icon", "", ButtonKind::quiet, nothing), {1});
        shown->set_icon(each);
    }
    FieldSpec spec{"states.empty", "联系人手机", true, "11 位手机号码"};
    body.add(new Field(&body, spec));
    spec = {"states.rare", "姓名"};
    body.add(new Field(&body, spec))->set_value("奚𬱖 𠮷 𪚥");
    body.add(
        new RadioCards(&body, "states.kind", "协议", true, {{"two", "两方协议"}, {"three", "三方协议"}}));
}

std::vector<FooterButton> two_buttons(const char* left, const char* right, ButtonKind kind) {
    return {{"page.left", left, kind, nothing}, {"page.main", right, ButtonKind::primary, nothing}};
}

std::map<std::string, Page> pages() {
    using enum Screen::Body;
    return {
        {"welcome", {whole, false, welcome}},
        {"confirm",
         {scrolling, true, confirm, two_buttons("信息有误", "信息确认无误，进入系统", ButtonKind::quiet)}},
        {"home", {scrolling, true, home}},
        {"form",
         {scrolling,
          true,
          form,
          {{"form.cancel", "取消", ButtonKind::quiet, nothing},
           {"form.keep", "暂存", ButtonKind::secondary, nothing},
           {"form.next", "下一步", ButtonKind::primary, nothing}}}},
        {"scan", {whole, true, scan, two_buttons("重新扫描", "扫描第 2 页", ButtonKind::secondary)}},
        {"record", {scrolling, true, record, {{"record.back", "返回", ButtonKind::quiet, nothing}}}},
        {"states", {scrolling, true, states, two_buttons("返回", "下一步", ButtonKind::quiet)}}};
}

Question leave_question() {
    return {"leave",
            Icon::warning,
            Tone::amber,
            "还在吗？",
            "30 秒后自动退出。已填写的内容会保留为草稿。",
            {{"leave.now", "现在退出", ButtonKind::quiet, nothing},
             {"leave.stay", "继续办理", ButtonKind::primary, nothing}}};
}

}  // namespace

// Names: those of pages(), and "picker", "question", "toast" over one of them.
void open_kiosk_page(Shell& shell, const std::string& page) {
    const bool over = page == "picker" || page == "question" || page == "toast";
    const std::string name = over ? "form" : page;
    const auto all = pages();
    const Page& chosen = all.at(name);
    HeaderState header{kSchool, chosen.logged_in ? "奚*" : "", std::nullopt, chosen.logged_in};
    if (chosen.logged_in) header.seconds_left = 102;
    shell.set_header(header);
    shell.open<PageScreen>(name, chosen);
    if (page == "picker") shell.open<Picker>("通讯地址", regions(), "51", [](const std::string&) {});
    if (page == "toast") shell.say(Tone::green, "已暂存。下次登录可以继续填写。");
    if (page == "question") shell.CallAfter([&shell] { shell.ask(leave_question()); });
}

}  // namespace wq::ui::gallery
