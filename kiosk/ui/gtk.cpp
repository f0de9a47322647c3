#include "kiosk/ui/gtk.h"

#include <gtk/gtk.h>
#include <wx/dcgraph.h>
#include <wx/dcmemory.h>
#include <wx/graphics.h>

namespace wq::ui {
namespace {

constexpr const char* kStyle = R"(
entry, entry:focus, entry:disabled, textview, textview text, scrolledwindow, scrolledwindow:focus {
    border: none; box-shadow: none; outline: none; background-image: none;
    border-radius: 0; padding: 0; min-height: 0; min-width: 0; margin: 0;
}
entry, textview text { caret-color: #1A4891; -GtkWidget-cursor-aspect-ratio: 0.06; }
entry selection, textview text selection { background-color: #CFE0FA; color: #15233B; }
@define-color placeholder_text_color #5A6B85;
scrolledwindow overshoot, scrolledwindow undershoot { background: none; }
)";

void hold_text_at_96_dpi(GtkSettings* settings) {
    g_object_set(settings, "gtk-xft-dpi", 96 * 1024, "gtk-xft-antialias", 1, "gtk-xft-hinting", 1,
                 "gtk-xft-hintstyle", "hintslight", "gtk-xft-rgba", "none", nullptr);
}

}  // namespace

void calm_gtk() {
    GtkSettings* settings = gtk_settings_get_default();
    hold_text_at_96_dpi(settings);
    g_object_set(settings, "gtk-enable-animations", FALSE, "gtk-entry-select-on-focus", FALSE,
                 "gtk-error-bell", FALSE, "gtk-theme-name", "Adwaita", nullptr);
    GtkCssProvider* provider = gtk_css_provider_new();
    gtk_css_provider_load_from_data(provider, kStyle, -1, nullptr);
    gtk_style_context_add_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);
    g_object_unref(provider);
}

wxBitmap picture_of(wxWindow& window) {
    const wxSize size = window.GetClientSize();
    wxBitmap bitmap(std::max(1, size.x), std::max(1, size.y), 24);
    wxMemoryDC dc(bitmap);
    auto* context = static_cast<cairo_t*>(dc.GetImpl()->GetCairoContext());
    GtkWidget* widget = static_cast<GtkWidget*>(window.GetHandle());
    if (!context || !GTK_IS_WIDGET(widget)) return bitmap;
    // What still waits for its place is not drawn.
    gtk_container_check_resize(GTK_CONTAINER(gtk_widget_get_toplevel(widget)));
    gtk_widget_draw(widget, context);
    return bitmap;
}

}  // namespace wq::ui
