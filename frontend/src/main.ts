import "@tabler/core/dist/css/tabler.min.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/frame.css";
import "./styles/lists.css";
import "./styles/gantt.css";
import "./styles/large-type.css";
import "./styles/phone.css";
import "./styles/print.css";

import { askBeforeSubmitting } from "./confirm";
import { startHtmx } from "./htmx";
import { mountIslands } from "./islands";
import { closeMenusOnOutsideClick } from "./menus";
import { showCurrentPageInNavigation } from "./nav";
import { printOnRequest } from "./print";
import { restWhatIsSettled } from "./settled";
import { showFactors } from "./sliders";

startHtmx(mountIslands);
askBeforeSubmitting();
closeMenusOnOutsideClick();
printOnRequest();
showCurrentPageInNavigation();
showFactors(document);
restWhatIsSettled(document);
mountIslands(document.body);
