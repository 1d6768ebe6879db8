/** The icons that are used, by the names that templates know. From Lucide (ISC licence). */

export {
  Bell as bell,
  Bot as computer,
  CircleUserRound as person,
  Info as about,
  ListChecks as agenda,
  MessagesSquare as conversations,
  Pin as pin,
  Plus as add,
  Reply as reply,
  Search as search,
  Send as send,
  Settings as settings,
  TrendingDown as down,
  TrendingUp as up,
} from "lucide";
