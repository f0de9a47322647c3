// Precompiled: the parts of wx that most sources here include. No source relies on it; each includes
// what it uses.
#pragma once

#include <wx/app.h>
#include <wx/control.h>
#include <wx/dcclient.h>
#include <wx/frame.h>
#include <wx/graphics.h>
#include <wx/panel.h>
#include <wx/textctrl.h>
