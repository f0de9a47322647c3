// What is only looked at: labels, badges, notes, steps, key-value lists, timelines. None takes touch or
// focus. All hold their content by value; set_ functions lay the screen out again.
#pragma once

#include "kiosk/ui/control.h"

#include <string>
#include <vector>

namespace wq::ui {

class Label : public Control {
  public:
    Label(wxWindow* parent, Type type, Colour colour, std::string text, Align align = Align::left);
    void set_text(std::string text);
    int natural_width() const override;
    int height_for(int width) const override;
    Description description() const override { return {"label", text_}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    Type type_;
    Colour colour_;
    std::string text_;
    Align align_;
};

enum class Tone { blue, amber, red, green };

// A short state on a tinted ground.
class Badge : public Control {
  public:
    Badge(wxWindow* parent, Tone tone, std::string text);
    int natural_width() const override;
    int height_for(int width) const override;
    Description description() const override { return {"badge", text_}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    Tone tone_;
    std::string text_;
};

// What to do or to know, on a tinted ground: "下一步：" in bold, then the sentence.
class NoteBox : public Control {
  public:
    NoteBox(wxWindow* parent, Tone tone, std::string lead, std::string text);
    void set_text(std::string lead, std::string text);
    int natural_width() const override;
    int height_for(int width) const override;
    Description description() const override { return {"note", lead_, text_}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    Tone tone_;
    std::string lead_, text_;
};

// Where someone is on a way of several steps; those before `current` are done.
class Steps : public Control {
  public:
    enum class Done { brand, success };  // colour of what is done: a form's pages, a record's life
    Steps(wxWindow* parent, std::vector<std::string> captions, int current, Done done);
    int natural_width() const override { return 0; }
    int height_for(int width) const override;
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    wxRect column(int step, const wxRect& seen) const;
    std::vector<std::string> captions_;
    int current_;
    Done done_;
};

// Rows of name and value, as on the confirm screen. Long values wrap.
class KeyValueList : public Control {
  public:
    struct Row {
        std::string key;
        std::string value;
        Colour colour = Colour::ink;
    };
    KeyValueList(wxWindow* parent, std::string_view name, std::vector<Row> rows);
    int natural_width() const override { return 0; }
    int height_for(int width) const override;
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    // Upright one column, on a lying panel as many as leave each the width of half a portrait.
    struct Grid {
        int columns;
        int width;  // of one
        std::size_t lines;
    };
    Grid grid(int width) const;
    int key_width(int width) const;
    int row_height(const Row& row, int width) const;
    int line_height_of(std::size_t line, const Grid& grid) const;
    void draw_row(Painter& painter, const Row& row, const wxRect& place);
    std::vector<Row> rows_;
};

// Lines with a mark in front: ✔ what is right, ✘ what is not.
class CheckList : public Control {
  public:
    struct Line {
        Icon icon;
        Colour colour;
        std::string text;
    };
    CheckList(wxWindow* parent, std::string_view name, std::vector<Line> lines);
    void set_lines(std::vector<Line> lines);
    int natural_width() const override { return 0; }
    int height_for(int width) const override;
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    std::vector<Line> lines_;
};

// A record's history, newest first.
class Timeline : public Control {
  public:
    struct Entry {
        std::string title;      // what happened
        std::string meta;       // who and when
        std::string text = {};  // a comment, may be empty
        Tone tone = Tone::blue;
    };
    Timeline(wxWindow* parent, std::string_view name, std::vector<Entry> entries);
    int natural_width() const override { return 0; }
    int height_for(int width) const override;
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    int entry_height(const Entry& entry, int width) const;
    std::vector<Entry> entries_;
};

}  // namespace wq::ui
