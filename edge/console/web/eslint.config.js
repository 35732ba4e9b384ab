import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

/** No colour, size or shadow as a literal in a view: those are tokens. */
const LITERAL = String.raw`#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(`

export default [
  { ignores: ['node_modules', 'src/api/generated', '../target'] },
  ...typescript.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: `Literal[value=/${LITERAL}/]`, message: 'A colour is a token of styles/tokens.css.' },
      ],
      'no-console': 'error',
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/require-default-prop': 'off',
      'vue/no-bare-strings-in-template': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
    },
  },
  { files: ['src/views/console/gallery/**'], rules: { 'vue/no-bare-strings-in-template': 'off' } },
  { files: ['src/**/*.test.ts'], rules: { 'no-restricted-syntax': 'off' } },
]
