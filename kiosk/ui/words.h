// The few words that the kit itself shows, in the language of the moment. The program fills them from
// kiosk/desk/wording when the language changes; what stands here is the Chinese that it starts with.
#pragma once

#include <string>

namespace wq::ui {

struct Words {
    std::string program = "网签亭";
    std::string log_out = "退出";
    std::string other_language = "English";
    std::string text_size = "字号";
    std::string seconds_left = "{time} 后退出";
    std::string student = "{name} 同学";
    std::string back = "返回";
    std::string search = "搜索";
    std::string choose = "请选择";
    std::string nothing_found = "没有找到,请换一个词";
    std::string page_up = "上翻";
    std::string page_down = "下翻";
    std::string key_language = "中 / 英";
    std::string key_delete = "删除";
    std::string key_space = "空格";
    std::string key_symbols = "符号";
    std::string key_letters = "字母";
    std::string key_next = "下一项";
    std::string key_hide = "收起";
    std::string yes = "是";
    std::string no = "否";
};

inline Words& words() {
    static Words current;
    return current;
}

}  // namespace wq::ui
