#include "kiosk/ui/field.h"
#include "kiosk/ui/sidebar.h"
#include "kiosk/ui/table.h"
#include "tests/ui/gallery.h"

namespace wq::ui::gallery {
namespace {

void nothing() {}

std::vector<Cell> desk_row(std::size_t row) {
    static const std::vector<std::vector<Cell>> kRows{
        {{"奚𬱖", "", Colour::muted, true},
         {"哲学系"},
         {"成都晨星软件有限公司", "✔ 码 ✔ 章 ✔ 清晰 ✔ 一致", Colour::success},
         {"回传待鉴证", "11:16"}},
        {{"李明", "", Colour::muted, true},
         {"计算机学院"},
         {"越综合企业", "预警单位(6)", Colour::danger},
         {"签约待学校审核", "10:52"}},
        {{"王芳", "", Colour::muted, true},
         {"临床医学院"},
         {"示例市第三医院", "✔ 码 ✘ 未检测到公章", Colour::danger},
         {"回传待鉴证", "10:40"}},
        {{"陈刚", "", Colour::muted, true},
         {"经济学院"},
         {"示例银行四川省分行", "单位已同意"},
         {"解约待学校审核", "10:07"}},
        {{"赵敏", "", Colour::muted, true},
         {"电气学院"},
         {"示例电力公司", "11 签劳动合同 · 材料 2/2"},
         {"去向待审核", "09:58"}}};
    std::vector<Cell> cells = kRows[row % kRows.size()];
    if (row >= kRows.size()) cells[0].text += std::to_string(row);
    return cells;
}

// Review: queue at the left, issued page beside the scan, verdict below.
class DeskScreen : public Screen {
  public:
    explicit DeskScreen(Shell& shell) : Screen(shell, "desk", Body::whole) {}

    void build(Stack& body) override {
        body.set_padding(0);
        Stack* halves = body.add(row(&body, 0, Colour::paper), {1});
        halves->add(new Sidebar(halves, "desk.rooms", "就业办工作台",
                                {{"review", "待审核", "23"},
                                 {"scan", "扫描回传"},
                                 {"all", "全部登记"},
                                 {"end", "解约"},
                                 {"warned", "预警单位"},
                                 {"roster", "毕业生名册"},
                                 {"figures", "统计"},
                                 {"sync", "同步", "3 待上报"},
                                 {"settings", "设置"}},
                                [](const std::string&) {}));
        Stack* right = halves->add(column(halves, 0, Colour::surface), {1});
        build_top(*right);
        Stack* work = right->add(row(right, 1, Colour::line), {1});
        build_queue(*work);
        build_review(*work);
    }

  private:
    void build_top(Stack& right) {
        Stack* top = right.add(row(&right, px(12), Colour::surface), {0, px(67)});
        top->set_padding(px(20), 0, px(20), 0);
        top->add(new Label(top, Type::heading, Colour::ink, "待审核"), {0, 0, true});
        FieldSpec search{"desk.search", "", false, "姓名、学号、单位、协议编号、拼音首字母…"};
        top->add(new Field(top, search), {0, px(420), true});
        top->add(new Badge(top, Tone::blue, "全部院系"), {0, 0, true});
        top->add_stretch();
        top->add(new Label(top, Type::note, Colour::muted, "A 通过 · R 退回修改 · X 不通过 · ↑↓ 切换"),
                 {0, 0, true});
        right.add(new Panel(&right, Colour::line), {0, 1});
    }

    void build_queue(Stack& work) {
        auto* table = work.add(
            new Table(&work, "desk.queue", {{"学生", 90}, {"院系", 110}, {"单位", 230}, {"状态", 182}}, true),
            {44});
        table->set_rows(100000, desk_row);
    }

    void build_review(Stack& work) {
        Stack* review = work.add(column(&work, px(12), Colour::paper), {56});
        review->set_padding(px(16));
        Stack* pages = review->add(row(review, px(12), Colour::paper), {1});
        for (auto [name, caption, seal] : {std::tuple{"desk.issued", "签发的协议书", false},
                                           {"desk.scan", "回传扫描件 · 差异 0 处", true}}) {
            auto* view = pages->add(new PageView(pages, name, PageView::Ground::light), {1});
            view->set_caption(caption);
            view->set_picture(sheet({1240, 1754, seal}));
        }
        review->add(new NoteBox(review, Tone::green, "",
                                "✔ 二维码签名有效　✔ 公章 1 枚　✔ 清晰度 0.92　✔ 共 2 页　✔ 与原件一致"));
        Stack* verdict = review->add(row(review, px(12), Colour::paper));
        verdict->add(new Button(verdict, "desk.pass", "鉴证通过 (A)", ButtonKind::success, nothing), {1});
        verdict->add(new Button(verdict, "desk.send_back", "退回修改 (R)", ButtonKind::warning, nothing),
                     {1});
        verdict->add(new Button(verdict, "desk.reject", "不通过 (X)", ButtonKind::danger, nothing), {1});
    }
};

}  // namespace

void open_desk(Shell& shell) { shell.open<DeskScreen>(); }

}  // namespace wq::ui::gallery
