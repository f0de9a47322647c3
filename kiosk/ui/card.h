// Cards: a rounded panel that groups (Card), and one that is itself a big button (ActionCard).
// A Card knows nothing of what is in it; whatever it holds stands on `surface`.
#pragma once

#include "kiosk/ui/control.h"

#include <functional>
#include <string>

namespace wq::ui {

class Card : public Stack {
  public:
    explicit Card(wxWindow* parent, int gap = metric(Metric::gap_small));

  protected:
    void paint() override;
};

// What an ActionCard shows. Without icon and with a title alone it stays in proportion.
struct CardText {
    std::string title;
    std::string text;
    Icon icon = Icon::none;
    Type title_type = Type::card;
    Type text_type = Type::note;
};

class ActionCard : public Control {
  public:
    ActionCard(wxWindow* parent, std::string_view name, CardText content, std::function<void()> press);

    int natural_width() const override;
    int height_for(int width) const override;
    Description description() const override { return {"card", content_.title, content_.text}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override;
    void pressed(wxPoint at) override;
    int ring_radius() const override { return metric(Metric::card_radius); }

  private:
    int text_left() const;
    int text_height(int width) const;

    CardText content_;
    std::function<void()> press_;
};

}  // namespace wq::ui
