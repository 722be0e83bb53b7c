import './state/theme.js';
import './parts/prose.js';
import './parts/toasts.js';
import './parts/menu.js';
import './parts/dialogs.js';
import './pages/console.js';
