/** The icons that are used, by the names that templates know. From Lucide (ISC licence). */

export {
  CircleUserRound as person,
  Info as about,
  MessagesSquare as conversations,
  Plus as add,
  Reply as reply,
  Search as search,
  Send as send,
  Settings as settings,
} from "lucide";
