import type { ThemeConfig } from 'antd'

/** The product's colours; contrasts against their own ground are at least 4.5 : 1. */
export const colours = {
  primary: '#0F5E6B',
  text: '#1B2228',
  secondary: '#5B6670',
  ground: '#F5F7F8',
  sideBar: '#10323A',
  sideBarText: '#E6EEF0',
  line: '#DDE4E7',
  red: '#A61B12',
  redGround: '#FDECEA',
  yellow: '#8A4B00',
  yellowGround: '#FFF4DB',
  blue: '#1A4FA3',
  blueGround: '#E8F0FE',
  done: '#1E6B3A',
  doneGround: '#E7F6EC',
} as const

export const fontFamily =
  "'Noto Sans SC Variable', 'LXGW WenKai', 'Microsoft YaHei', 'PingFang SC', system-ui, sans-serif"

export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.primary,
    colorLink: colours.primary,
    colorText: colours.text,
    colorTextSecondary: colours.secondary,
    colorTextDescription: colours.secondary,
    colorBgLayout: colours.ground,
    colorBorder: '#C5CED2',
    colorBorderSecondary: colours.line,
    colorError: colours.red,
    colorWarning: colours.yellow,
    colorSuccess: colours.done,
    colorInfo: colours.blue,
    controlItemBgActive: '#E0EEF0',
    controlItemBgActiveHover: '#D6E8EB',
    borderRadius: 6,
    fontSize: 14,
    fontFamily,
    boxShadow: 'none',
    motion: false,
  },
  components: {
    Table: {
      headerBg: '#EDF2F3',
      cellPaddingBlockMD: 9,
      rowHoverBg: '#F1F6F7',
      rowSelectedBg: '#E0EEF0',
      rowSelectedHoverBg: '#D6E8EB',
    },
    Layout: {
      siderBg: colours.sideBar,
      triggerBg: '#0B262C',
      headerBg: '#FFFFFF',
      headerHeight: 52,
      headerPadding: '0 16px',
    },
    Menu: {
      darkItemBg: colours.sideBar,
      darkSubMenuItemBg: colours.sideBar,
      darkItemColor: colours.sideBarText,
    },
  },
}
